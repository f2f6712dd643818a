package ctxblock

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/report"
)

// maxReading is how many calls deep it is searched who reads from a connection.
const maxReading = 2

// accepting reports reads, without a deadline, from a connection that a peer has just
// opened, in the loop that accepts or in a listener's Accept: one silent peer stops it.
func (c *checker) accepting(fn *ssa.Function) {
	blocks := map[*ssa.BasicBlock]bool{}
	for _, l := range ctxflow.Loops(fn) {
		for _, b := range l.Blocks {
			blocks[b] = true
		}
	}
	wraps := fn.Name() == "Accept" && fn.Signature.Recv() != nil
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok || !blocks[b] && !wraps {
				continue
			}
			for _, i := range c.flow.Accepts(call) {
				conn := result(call, i)
				if conn == nil {
					continue
				}
				if read, known := c.readFrom(conn, 0); known && read != nil && (wraps || blocks[read.Block()]) {
					c.silent(read, wraps)
				}
			}
		}
	}
}

// silent tells of a read that a silent peer does not end.
func (c *checker) silent(read *ssa.Call, wraps bool) {
	what := "the loop that accepts"
	if wraps {
		what = "whoever accepts"
	}
	var f report.Finding
	f.Pos, f.End = leakssa.Span(read)
	f.Message = fmt.Sprintf("nothing bounds the wait in %s: a peer that connects and says nothing stops %s; set a read deadline, or read in a goroutine of its own", c.sum.CallName(read), what)
	c.r.Report(f)
}

// result returns a result of a call, or nil if it is not used.
func result(call *ssa.Call, i int) ssa.Value {
	if call.Call.Signature().Results().Len() == 1 {
		return call
	}
	for _, ref := range *call.Referrers() {
		if ex, ok := ref.(*ssa.Extract); ok && ex.Index == i {
			return ex
		}
	}
	return nil
}

// readFrom returns the first call that reads from a connection, or nil, and whether it is
// known what becomes of the connection: nothing sets a deadline or may close it meanwhile.
func (c *checker) readFrom(conn ssa.Value, depth int) (first *ssa.Call, known bool) {
	for _, v := range spellings(conn) {
		for _, ref := range *v.Referrers() {
			switch ref := ref.(type) {
			case *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.DebugRef, *ssa.BinOp, *ssa.Return, *ssa.Send, *ssa.Go, *ssa.Defer:
			case *ssa.Call:
				if v != ref.Call.Value && !slices.Contains(ref.Call.Args, v) {
					continue
				}
				reads, known := c.reads(ref, v, depth)
				if !known {
					return nil, false
				}
				if reads && (first == nil || ref.Pos() < first.Pos()) {
					first = ref
				}
			default:
				return nil, false
			}
		}
	}
	return first, true
}

// spellings returns a value and what it is called as another interface.
func spellings(v ssa.Value) []ssa.Value {
	found := []ssa.Value{v}
	for i := 0; i < len(found); i++ {
		for _, ref := range *found[i].Referrers() {
			switch ref := ref.(type) {
			case *ssa.MakeInterface:
				found = append(found, ref)
			case *ssa.ChangeInterface:
				found = append(found, ref)
			}
		}
	}
	return found
}

// reads reports whether a call that gets a connection reads from it, and whether what it
// does with it is known.
func (c *checker) reads(call *ssa.Call, conn ssa.Value, depth int) (reads, known bool) {
	if call.Call.IsInvoke() && call.Call.Value == conn {
		name := call.Call.Method.Name()
		return name == "Read", !strings.HasPrefix(name, "Set") || !strings.HasSuffix(name, "Deadline")
	}
	obj, body := c.sum.Callee(call)
	if obj == nil {
		return false, false
	}
	if body == nil {
		if obj.Pkg() == nil || !leakapi.IsStd(obj.Pkg().Path()) {
			return false, false
		}
		if obj.Signature().Recv() != nil {
			return obj.Name() == "Read", !strings.HasSuffix(obj.Name(), "Deadline")
		}
		return obj.Pkg().Path() == "io" && strings.HasPrefix(obj.Name(), "Read"), obj.Pkg().Path() != "crypto/tls"
	}
	i := slices.Index(call.Call.Args, conn)
	if i < 0 || i >= len(body.Params) || depth == maxReading {
		return false, false
	}
	read, known := c.readFrom(body.Params[i], depth+1)
	return read != nil, known
}
