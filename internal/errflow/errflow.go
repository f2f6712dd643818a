// Package errflow follows the errors of calls along every path of a function to
// where something is kept for later calls: in a cache, a map that serves as
// one, or by what runs only once.
//
// It never knows what a cache is: Effects says what an instruction keeps.
package errflow

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// Put is a value that an instruction keeps for later calls.
type Put struct {
	Instr ssa.Instruction
	Value ssa.Value // nil if a callee stores a stand-in of its own
	Err   ssa.Value // the error that the callee stores it with, or in spite of; nil if none
	Into  any       // for the caller
}

// Kind says what is kept.
type Kind uint8

const (
	Value   Kind = iota + 1 // what came with the error
	StandIn                 // a constant or an empty value in place of a result
	Itself                  // the error
	Kept                    // nothing, but it never runs again
)

// Finding is a value that is kept on a path on which an error is not nil, or
// nothing has looked at it.
type Finding struct {
	Put    Put
	Kind   Kind
	Failed bool // the error is known not to be nil; otherwise nothing has looked at it
	Only   bool // no path keeps it where the error is nil
	// Whose error it is: a call's, or a parameter.
	Call  *ssa.Call
	Param *ssa.Parameter
	// From is the parameter that is kept, if no error of a call matters.
	From *ssa.Parameter
	// ErrKept says that the error outlives the function, for Kept.
	ErrKept bool
	// Default says that the stand-in is a variable's value: it may do instead.
	Default bool
}

// Effects answers what instructions keep and what callees do.
type Effects interface {
	pathcond.Contracts
	// Keeps returns what instr keeps.
	Keeps(instr ssa.Instruction) []Put
	// Heeds reports whether a call that is handed an error may act upon it,
	// rather than write it down.
	Heeds(call *ssa.CallCommon) bool
	// AlwaysNil reports whether a result of call, an error, is always nil.
	AlwaysNil(call *ssa.CallCommon, result int) bool
	// FuncArg returns how call treats a function argument.
	FuncArg(call *ssa.CallCommon, arg int) leakapi.How
}

// Mode says what the ends of a function mean.
type Mode uint8

const (
	Plain  Mode = iota
	Once        // it never runs again
	Loader      // its first result is kept unless its last is an error
)

// Explore follows every path of fn and returns what is kept in spite of an
// error, in the order of the instructions that keep it; ok is false if there are
// too many paths.
func Explore(fn *ssa.Function, mode Mode, fx Effects) (found []Finding, ok bool) {
	if len(fn.Blocks) == 0 || len(fn.Blocks) > maxBlocks {
		return nil, false
	}
	e := newExplorer(fn, mode, fx)
	if len(e.sources) == 0 || mode == Plain && len(e.puts) == 0 {
		return nil, true
	}
	return e.explore()
}

// ErrorResult returns the index of the only error among a function's results,
// or -1.
func ErrorResult(sig *types.Signature) int {
	found := -1
	for i := range sig.Results().Len() {
		if !isError(sig.Results().At(i).Type()) {
			continue
		}
		if found >= 0 {
			return -1
		}
		found = i
	}
	return found
}
