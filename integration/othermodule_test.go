package integration

import (
	"os"
	"path/filepath"
	"testing"
)

// TestOtherModule follows a context's loss into another module, through a
// concrete type and through an interface beside its only implementation, with
// the module at hand and vendored.
func TestOtherModule(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/othermodule")); err != nil {
		t.Fatal(err)
	}
	for _, module := range []string{"app", "legacy"} {
		name := filepath.Join(dir, module, "go.mod")
		if err := os.Rename(name+".txt", name); err != nil {
			t.Fatal(err)
		}
	}
	app := filepath.Join(dir, "app")
	const message = "r.Context() is not passed to Reserve, which blocks in (*http.Client).Do (Reserve → "
	want := []finding{
		{"api/api.go", 15, message + "post → Do)"},
		{"api/api.go", 18, message + "(*legacy.InventoryClient).Reserve → post → Do)"},
	}
	for _, how := range []string{"replaced", "vendored"} {
		if how == "vendored" {
			output(t, app, []int{0}, "go", "mod", "vendor")
		}
		got := findings(output(t, app, []int{1}, leakvet, "-short", "./..."))
		if list(got) != list(want) {
			t.Errorf("%s:\ngot\n%swant\n%s", how, list(got), list(want))
		}
	}
}
