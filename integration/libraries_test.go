package integration

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

var libraryLine = regexp.MustCompile("(?m)^\\| `(\\S+)` \\| (\\S+) \\| (\\d+) \\|")

// TestLibraries holds docs/libraries.md to go.mod and to the tables: it names
// every module that rows speak of, the version that the tests here check, and how
// many rows there are.
func TestLibraries(t *testing.T) {
	gomod, err := os.ReadFile("go.mod")
	if err != nil {
		t.Fatal(err)
	}
	libs, homeless, err := apitest.Libraries(leakapi.Builtin(), gomod)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range homeless {
		t.Errorf("go.mod requires no module that holds %s", path)
	}
	var want []string
	for _, l := range libs {
		want = append(want, fmt.Sprintf("%s %s: %d rows", l.Path, l.Version, l.Rows))
	}
	page, err := os.ReadFile("../docs/libraries.md")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range libraryLine.FindAllStringSubmatch(string(page), -1) {
		got = append(got, fmt.Sprintf("%s %s: %s rows", m[1], m[2], m[3]))
	}
	if slices.Equal(got, want) {
		return
	}
	for _, line := range want {
		if !slices.Contains(got, line) {
			t.Errorf("docs/libraries.md lacks %s", line)
		}
	}
	for _, line := range got {
		if !slices.Contains(want, line) {
			t.Errorf("docs/libraries.md has %s", line)
		}
	}
	t.Fatalf("run make drift-update (%d modules, not %d, or in another order)", len(got), len(want))
}
