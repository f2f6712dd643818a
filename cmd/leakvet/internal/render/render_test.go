package render

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

func TestName(t *testing.T) {
	o := Options{Base: filepath.FromSlash("/home/me/shop")}
	for file, want := range map[string]string{
		"/home/me/shop/a/b.go": "a/b.go",
		"/home/me/lib/b.go":    "../lib/b.go",
		"/etc/b.go":            "/etc/b.go",
		"net/http/client.go":   "net/http/client.go",
		"":                     "",
	} {
		if got := o.name(filepath.FromSlash(file)); got != want {
			t.Errorf("%s is called %s, want %s", file, got, want)
		}
	}
}

func TestUnreadableSource(t *testing.T) {
	r := &finding.Report{Findings: []finding.Finding{
		{Rule: "r", Message: "m", Pos: finding.Position{File: "/no/such.go", Line: 3, Column: 4}},
		{Rule: "r", Message: "m", Pos: finding.Position{File: "/no/such.go"}},
	}}
	var b strings.Builder
	if err := Text(&b, r, Options{Base: "/no"}); err != nil {
		t.Fatal(err)
	}
	if want := "such.go:3:4: m [r]\nsuch.go: m [r]\n"; b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

func TestEmptyJSON(t *testing.T) {
	var b strings.Builder
	if err := JSON(&b, new(finding.Report), nil, Options{}); err != nil {
		t.Fatal(err)
	}
	const want = "{\n  \"version\": 1,\n  \"findings\": [],\n  \"failures\": [],\n  \"problems\": []\n}\n"
	if b.String() != want {
		t.Errorf("got %s", b.String())
	}
}

// brokenPipe is a writer that nobody reads.
type brokenPipe struct{}

var errBroken = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrors(t *testing.T) {
	r := &finding.Report{Findings: []finding.Finding{{Rule: "r", Message: "m"}}}
	if err := Text(brokenPipe{}, r, Options{}); !errors.Is(err, errBroken) {
		t.Errorf("Text: %v", err)
	}
	if err := JSON(brokenPipe{}, r, nil, Options{}); !errors.Is(err, errBroken) {
		t.Errorf("JSON: %v", err)
	}
}
