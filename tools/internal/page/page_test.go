package page

import (
	"strings"
	"testing"
)

func TestWith(t *testing.T) {
	const text = "a\n<!-- x, written by go run ./c -tables -->\nold\n<!-- end -->\nb\n"
	got, err := With(text, "c", []Table{{"x", "new\n"}})
	if want := strings.Replace(text, "old", "new", 1); err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	if _, err := With(text, "c", []Table{{"y", ""}}); err == nil || !strings.Contains(err.Error(), "table of y") {
		t.Errorf("error %v", err)
	}
}
