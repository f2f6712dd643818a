// Package guard keeps a bug in one analyzer from costing users anything else.
//
// An analyzer that panics or fails takes its dependants, its importers' facts
// and, under some drivers, the whole run with it. Run turns a panic into the
// analyzer's empty result and tells the driver through OnPanic.
package guard

import (
	"runtime/debug"

	"golang.org/x/tools/go/analysis"
)

// Failure describes an analyzer that panicked on one package.
type Failure struct {
	Analyzer string // the analyzer's name
	Package  string // the package's path
	Value    any    // what was passed to panic
	Stack    []byte // where it happened
}

// OnPanic, if not nil, is told of every recovered panic. A driver sets it
// before the first analysis; it may be called from several goroutines.
var OnPanic func(Failure)

// Run wraps an analyzer's run function so that it neither panics nor fails:
// where it would, empty's value is the result.
func Run(empty func() any, run func(*analysis.Pass) (any, error)) func(*analysis.Pass) (any, error) {
	return func(pass *analysis.Pass) (result any, err error) {
		defer func() {
			if v := recover(); v != nil {
				result, err = empty(), nil
				tell(pass, v)
			}
		}()
		result, err = run(pass)
		if err != nil {
			tell(pass, err)
			return empty(), nil
		}
		return result, nil
	}
}

func tell(pass *analysis.Pass, v any) {
	if OnPanic != nil {
		OnPanic(Failure{pass.Analyzer.Name, pass.Pkg.Path(), v, debug.Stack()})
	}
}
