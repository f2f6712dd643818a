package hostile

import (
	"go/parser"
	"go/token"
	"testing"
)

func TestSources(t *testing.T) {
	for _, s := range Shapes() {
		for _, n := range []int{1, 2, 40} {
			if _, err := parser.ParseFile(token.NewFileSet(), s.Name+".go", s.Source(n), parser.SkipObjectResolution); err != nil {
				t.Errorf("%s of %d: %v", s.Name, n, err)
			}
		}
	}
}
