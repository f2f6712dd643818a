package ctxdrop

import (
	"go/token"
	"go/types"
	"regexp"
	"slices"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/place"
)

var (
	// saysFresh matches what a comment says of a context that is made anew on purpose,
	// wherever in the function it stands.
	saysFresh = regexp.MustCompile(`(?i)context\.(Background|TODO)\b|\bWithoutCancel\b|\bdetach`)
	// saysEnd matches what a comment right above says of the end of the caller's.
	saysEnd = regexp.MustCompile(`(?i)\bcancel|\bdisconnect|\boutliv|\bsurviv|\bgo(es)? away\b|\bregardless\b|\beven (if|when|though)\b`)
	// saysLater matches what the author means to change.
	saysLater = regexp.MustCompile(`\b(TODO|FIXME|XXX|HACK|BUG)\b`)
)

// comments reports whether a comment says why the context is left out: above what
// makes another, in the function around it, or right above the call.
func (c *checker) comments(d *drop) bool {
	if d.fresh != nil && c.explained(d.fresh.Pos()) {
		return true
	}
	return c.explained(leakssa.CallExpr(d.call).Pos())
}

func (c *checker) explained(pos token.Pos) bool {
	f := place.File(c.pass, pos)
	cur, ok := c.sum.Files().FindByPos(pos, pos)
	if f == nil || !ok {
		return false
	}
	from := f.FileStart
	if d := place.Declared(cur); d != nil {
		from = d.Pos()
		if d.Doc != nil {
			from = d.Doc.Pos()
		}
	}
	line := func(p token.Pos) int { return c.pass.Fset.PositionFor(p, false).Line }
	for _, group := range f.Comments {
		if group.Pos() < from || line(group.Pos()) > line(pos) {
			continue
		}
		text := group.Text()
		if near := line(pos)-line(group.End()) <= 1; !saysLater.MatchString(text) && (saysFresh.MatchString(text) || near && saysEnd.MatchString(text)) {
			return true
		}
	}
	return false
}

// weaken leaves to the audit tier what does not need the context, going by where the
// call stands and what is written above it.
func (c *checker) weaken(d *drop) {
	d.whole = c.changes(d)
	if d.tier == leakconfig.Default && (d.whole || c.sum.RunsOnce(d.call.Pos()) || c.comments(d) || c.endsNever(d.scope)) {
		d.tier = leakconfig.Audit
	}
}

// changeWords begin the names of functions that change something.
var changeWords = map[string]bool{
	"append": true, "apply": true, "clear": true, "commit": true, "complete": true, "create": true, "delete": true, "insert": true, "mk": true,
	"mkdir": true, "move": true, "patch": true, "persist": true, "prune": true, "purge": true, "put": true, "remove": true, "rename": true,
	"replace": true, "save": true, "set": true, "store": true, "update": true, "upsert": true, "write": true,
}

// changes reports whether what serves a client hands a fresh context to what changes
// something, by its name: that is to be done whole, even if the client goes away.
func (c *checker) changes(d *drop) bool {
	serves := d.scope.Request() || d.scope.Param != nil && origin.IsCall(d.scope.Param.Parent().Signature)
	if !serves || d.fresh == nil {
		return false
	}
	call := d.call
	if d.below != nil {
		call = d.below
	}
	obj, _ := c.sum.Callee(call)
	if obj == nil {
		return false
	}
	words := leakssa.Words(obj.Name())
	return len(words) > 0 && changeWords[words[0]] || slices.Contains(words, "transaction") || slices.Contains(words, "txn")
}

// endsNever reports whether passing a context on would change nothing.
func (c *checker) endsNever(s ctxflow.Scope) bool {
	v, ok := s.Var.(*types.Var)
	return ok && s.Param != nil && !s.Request() && c.sum.EndsNever(v)
}
