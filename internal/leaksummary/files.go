package leaksummary

import (
	"go/ast"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/leakvet/leakvet/internal/leakconfig"
)

// Files returns the parent of the package's files: of tests only if the settings ask for
// them. It is made when it is first asked for, once for all rules. A package that is too
// large has none.
func (r *Result) Files() inspector.Cursor {
	if r.files == nil || r.tooLarge > 0 {
		return inspector.New(nil).Root()
	}
	return r.files()
}

func filesOf(pass *analysis.Pass) func() inspector.Cursor {
	tests := pass.ResultOf[leakconfig.Analyzer].(*leakconfig.Config).Tests
	return sync.OnceValue(func() inspector.Cursor {
		var files []*ast.File
		for _, f := range pass.Files {
			if tests || !inTest(pass.Fset, f.FileStart) {
				files = append(files, f)
			}
		}
		return inspector.New(files).Root()
	})
}
