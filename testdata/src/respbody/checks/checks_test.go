package checks

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
)

func TestRead(t *testing.T) {
	resp, err := http.Get("http://localhost/prices") // want `response body from http.Get is never closed: the function returns at line \d+`
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(resp.Body)
	if err != nil || len(data) == 0 {
		t.Error("nothing to read")
	}
}

func TestReadInSubtest(t *testing.T) {
	var resp *http.Response
	var err error
	resp, err = http.Get("http://localhost/prices") // want `response body from http.Get is never closed`
	if err != nil {
		t.Fatal(err)
	}
	t.Run("body", func(t *testing.T) {
		var v any
		if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
			t.Error(err)
		}
	})
}

func TestReadInLoop(t *testing.T) {
	for range 3 {
		resp, err := http.Get("http://localhost/prices") // want `is not closed before the loop at line \d+ makes the call again|is never closed`
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, resp.Body)
	}
}

// Servers of tests mostly send a status and nothing else.
func TestStatus(t *testing.T) {
	resp, err := http.Get("http://localhost/ready")
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		t.Errorf("status %s", resp.Status)
	}
}

func TestDropped(t *testing.T) {
	if _, err := http.Get("http://localhost/ready"); err == nil {
		t.Error("no error")
	}
}

type fake struct{}

func (fake) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK}, nil
}

func TestRoundTrip(t *testing.T) {
	var rt http.RoundTripper = fake{}
	resp, err := rt.RoundTrip(nil)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Error("failed")
	}
}

// One path closes it.
func TestSometimes(t *testing.T) {
	resp, err := http.Get("http://localhost/prices")
	if err != nil {
		t.Fatal(err)
	}
	if resp.StatusCode != http.StatusOK {
		return
	}
	io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
}

func TestClosed(t *testing.T) {
	resp, err := http.Get("http://localhost/prices")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	io.Copy(io.Discard, resp.Body)
}
