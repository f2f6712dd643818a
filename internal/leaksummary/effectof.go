package leaksummary

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/fixpoint"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// effectKey asks what a function does with the resource that a parameter, or free
// variable, leads to by a path.
type effectKey struct {
	fn      *ssa.Function
	arg     int // a free variable has -1-index
	path    pathcond.Path
	release string // methods, separated by commas
}

// newEffects returns what remembers the effects of functions. Those of functions
// that call each other begin with "never returns".
func (s *summarizer) newEffects() fixpoint.Memo[effectKey, obligation.Effect] {
	return fixpoint.Memo[effectKey, obligation.Effect]{
		Unknown: unknown,
		Answer:  s.effect,
		Equal: func(a, b obligation.Effect) bool {
			return a.Zero == b.Zero && a.NonZero == b.NonZero && slices.Equal(a.Aliases, b.Aliases)
		},
	}
}

// effectOf returns what fn does with the resource that arg leads to by path.
func (s *summarizer) effectOf(fn *ssa.Function, arg int, path pathcond.Path, release []string) obligation.Effect {
	return s.effects.Ask(effectKey{fn, arg, path, strings.Join(release, ",")})
}

func (s *summarizer) effect(key effectKey) obligation.Effect {
	spec := &obligation.Spec{Root: key.fn, Path: key.path}
	if key.release != "" {
		spec.Release = strings.Split(key.release, ",")
	}
	if key.arg < 0 {
		spec.Entry = key.fn.FreeVars[-1-key.arg]
	} else {
		spec.Entry = key.fn.Params[key.arg]
	}
	if key.path == "" {
		spec.Handle = spec.Entry.Type()
		spec.Parts = s.partsEnd(spec.Handle)
	}
	return s.explorePaths(spec).Effect()
}
