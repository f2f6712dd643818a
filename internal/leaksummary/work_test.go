package leaksummary_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/leakvet/leakvet/internal/hostile"
)

// TestLargeTests: a test of any size changes nothing for other packages.
func TestLargeTests(t *testing.T) {
	dir := t.TempDir()
	large := hostile.Shapes()[0].Source(20_000)
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("go.mod", "module example.com/hostile\n\ngo 1.26\n")
	write("own.go", "package hostile\n\nimport \"io\"\n\nfunc Drop(c io.ReadCloser) { c.Close() }\n")
	facts := func(tests string) string {
		write("all_test.go", tests)
		pkgs := load(t, &packages.Config{Dir: dir, Tests: true, Env: append(os.Environ(), "GOWORK=off")}, ".")
		var found []string
		for id, list := range summarise(t, pkgs) {
			if strings.HasPrefix(id, "example.com/hostile") && !strings.HasSuffix(id, ".test") {
				found = append(found, text(list))
			}
		}
		return fmt.Sprint(len(found), found)
	}
	small := facts("package hostile\n\nvar x int\n")
	if !strings.Contains(small, "Drop") {
		t.Fatalf("nothing is said of Drop: %s", small)
	}
	if got := facts(large); got != small {
		t.Errorf("beside a large test: %s\nnot: %s", got, small)
	}
}
