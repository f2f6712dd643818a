package integration

import (
	"os"
	"path/filepath"
	"testing"
)

// TestDirectivesTravel follows directives from another module, at hand and vendored,
// to a package that imports it and to one that only gets a type of it, and through
// every engine.
func TestDirectivesTravel(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("testdata/directives")); err != nil {
		t.Fatal(err)
	}
	for _, module := range []string{"app", "said"} {
		name := filepath.Join(dir, module, "go.mod")
		if err := os.Rename(name+".txt", name); err != nil {
			t.Fatal(err)
		}
	}
	app := filepath.Join(dir, "app")
	const message = "response body from http.Get is never closed: the function returns at line "
	want := []finding{{"api/api.go", 11, message + "16"}, {"far/far.go", 11, message + "15"}}
	for _, how := range []string{"replaced", "vendored"} {
		if how == "vendored" {
			output(t, app, []int{0}, "go", "mod", "vendor")
		}
		for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
			got := findings(output(t, app, []int{1}, leakvet, "-short", engine, "./..."))
			if list(got) != list(want) {
				t.Errorf("%s, %s:\ngot\n%swant\n%s", how, engine, list(got), list(want))
			}
		}
	}
}
