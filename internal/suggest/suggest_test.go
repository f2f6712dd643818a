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
