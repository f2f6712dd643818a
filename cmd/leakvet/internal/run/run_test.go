package run

import (
	"reflect"
	"runtime"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/configfile"
)

func TestVersions(t *testing.T) {
	for v, want := range map[string]string{
		"go1.26.8\n": "go1.26.8", "go1.26.8 X:nodwarf5": "go1.26.8", "devel go1.27-abcdef Mon": "go1.27", "what": "",
	} {
		if got := release(v); got != want {
			t.Errorf("release(%q) is %q, want %q", v, got, want)
		}
	}
	for v, want := range map[string]bool{"go1.24.3": true, "go1.25": true, "go1.26rc1": false, "go1.26.0": false, "go1.27": false, "": false} {
		if got := tooOld(v) != nil; got != want {
			t.Errorf("tooOld(%q) is %t", v, got)
		}
	}
	for v, want := range map[string]bool{release(runtime.Version()): false, "go1.20": false, "go1.999": true, "": false} {
		if got := tooNew(v) != ""; got != want {
			t.Errorf("tooNew(%q) is %t", v, got)
		}
	}
}

func TestResolver(t *testing.T) {
	resolve := listing{dirs: map[string]string{"example.com/m/q": "/w/q"}}.resolver("/w/p")
	for name, want := range map[string]string{
		"./p.go":               "/w/p/p.go",
		"./sub/p.go":           "/w/p/sub/p.go",
		"/abs/x.go":            "/abs/x.go",
		"example.com/m/q/q.go": "/w/q/q.go",
		"net/http/client.go":   "net/http/client.go",
	} {
		if got := resolve(name); got != want {
			t.Errorf("%s resolves to %s, want %s", name, got, want)
		}
	}
}

func TestListedName(t *testing.T) {
	for _, test := range []struct {
		p    listedPackage
		want string
	}{
		{listedPackage{ImportPath: "m/p"}, "m/p"},
		{listedPackage{ImportPath: "m/p [m/p.test]", ForTest: "m/p"}, "m/p"},
		{listedPackage{ImportPath: "m/p_test [m/p.test]", ForTest: "m/p"}, "m/p"},
		{listedPackage{ImportPath: "m/p.test"}, "m/p"},
	} {
		if got := test.p.name(); got != test.want {
			t.Errorf("%s is a matter of %s, want %s", test.p.ImportPath, got, test.want)
		}
	}
}

// The example that help shows must be one that is accepted.
func TestConfigDoc(t *testing.T) {
	var text strings.Builder
	for line := range strings.Lines(configDoc) {
		if row, ok := strings.CutPrefix(line, "\t"); ok && !strings.HasPrefix(row, "leakvet ") {
			text.WriteString(row)
		}
	}
	c, err := configfile.Parse("help", []byte(text.String()), []string{"connconf", "mapgrow", "respbody"})
	if err != nil {
		t.Fatalf("%v in\n%s", err, &text)
	}
	p := &policy{line: &settings{}, file: c}
	p.file.TableFiles = nil
	if rows, err := p.tables(); err != nil || rows != "close example.com/db.Done arg=0\n" {
		t.Errorf("the rows are %q, %v", rows, err)
	}
	typ := reflect.TypeFor[configfile.Config]()
	for i := range typ.NumField() {
		if key, _, _ := strings.Cut(typ.Field(i).Tag.Get("json"), ","); key != "-" && !strings.Contains(text.String(), key+":") {
			t.Errorf("the example does not show %s", key)
		}
	}
}
