package suggest

import (
	"strings"
	"testing"
)

func TestDidYouMean(t *testing.T) {
	names := []string{"respbody", "ctxdrop", "-json"}
	for name, want := range map[string]string{
		"respbody": "respbody", "resbody": "respbody", "respboyd": "respbody",
		"ctxdorp": "ctxdrop", "-jsn": "-json", "mapgrow": "", "x": "",
	} {
		got := DidYouMean(name, names)
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("DidYouMean(%s) is %q, want %q", name, got, want)
		}
	}
}

func TestNearest(t *testing.T) {
	names := []string{"ctxblock", "ctxdrop", "respbody", "resclose"}
	for _, test := range []struct{ name, want string }{
		{"respbdy", "respbody"},
		{"respbody", "respbody"},
		{"ctxdorp", "ctxdrop"},
		{"body", ""},
		{"", ""},
		{"x", ""},
		{strings.Repeat("x", 1<<16), ""},
	} {
		if got := Nearest(test.name, names); got != test.want {
			t.Errorf("%q: got %q, want %q", test.name, got, test.want)
		}
	}
}

func TestOr(t *testing.T) {
	for want, words := range map[string][]string{"": nil, "a": {"a"}, "a or b": {"a", "b"}, "a, b or c": {"a", "b", "c"}} {
		if got := Or(words); got != want {
			t.Errorf("%q is listed as %q", words, got)
		}
	}
}
