package leaksummary

import (
	"go/token"
	"go/types"

	"github.com/leakvet/leakvet/internal/place"
)

// RunsOnce reports whether what stands at a position runs no more often in a process
// than the program's text calls it, see place.Once: what is left open or waited for
// there is so once.
func (r *Result) RunsOnce(pos token.Pos) bool {
	if r.s == nil {
		return false
	}
	if r.once == nil {
		tables := r.s.tables
		r.once = place.NewOnce(r.s.pass, r.Uses(),
			func(t types.Type) bool { o := tables.Offer(t); return o != nil && o.Command },
			func(t types.Type) bool { return tables.Request(t) != nil })
	}
	return r.once.At(pos)
}
