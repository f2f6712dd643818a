package labelcard

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/ctxflow"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

// series reports series of objects that come to an end, when nothing deletes
// them.
func (c *checker) series() {
	all := c.sum.Series()
	var ends, asked bool
	for _, s := range all {
		e := c.label(s)
		if e == nil || s.Vector.Fresh || len(s.Forgets) > 0 || s.Shared || c.said(e.Call) {
			continue
		}
		if sibling, call := deleted(all, s, e); sibling != nil {
			c.r.Report(c.unlike(s, e, sibling, call))
			continue
		}
		if !asked {
			ends, asked = c.sum.Ends(), true
		}
		if ends && (c.sum.EndsIn(e.Call.Parent()) || identifies(e.Name)) {
			f := findingAt(e.Call)
			f.Tier = leakconfig.Audit
			f.Message = fmt.Sprintf("no series of %s is ever deleted: each new %s %q adds some", name(s), e.Noun, e.Name)
			c.r.Report(f)
		}
	}
}

// said reports whether the default tier says something of a call already.
func (c *checker) said(call ssa.CallInstruction) bool {
	f := c.flows[call]
	return f != nil && f.tier == leakconfig.Default
}

// label returns a label of s that depends on an object, outside what sets
// something up: one where objects come to an end, or else the first.
func (c *checker) label(s *leaksummary.Series) *origin.Entry {
	var first *origin.Entry
	for _, e := range s.Labels {
		fn := e.Call.Parent()
		switch {
		case ctxflow.SetsUp(fn.Name()):
		case c.sum.EndsIn(fn):
			return e
		case first == nil:
			first = e
		}
	}
	return first
}

// identities are words in the names of labels that tell objects apart.
var identities = map[string]bool{
	"addr": true, "address": true, "alertmanager": true, "bucket": true, "client": true, "cluster": true, "conn": true,
	"connection": true, "endpoint": true, "from": true, "host": true, "hostname": true, "id": true, "instance": true,
	"job": true, "name": true, "namespace": true, "node": true, "peer": true, "pod": true, "pool": true, "queue": true,
	"remote": true, "session": true, "target": true, "tenant": true, "to": true, "topic": true, "uid": true, "uri": true,
	"url": true, "user": true, "uuid": true, "volume": true,
}

// identifies reports whether a label's name says that it tells objects apart.
func identifies(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '_' || r == '.' || r == '-' })
	return len(words) > 0 && identities[words[len(words)-1]]
}

// deleted returns a vector beside s whose series are deleted by the same label,
// and where.
func deleted(all []*leaksummary.Series, s *leaksummary.Series, e *origin.Entry) (*leaksummary.Series, ssa.CallInstruction) {
	for _, o := range all {
		if o == s || !slices.Contains(o.Vector.Labels, e.Name) || o.Var.IsField() != s.Var.IsField() || !includes(s.Vector.Labels, o.Vector.Labels) {
			continue
		}
		for _, call := range o.Forgets {
			if len(call.Common().Args) > 1 { // by what they are labelled with
				return o, call
			}
		}
	}
	return nil, nil
}

// includes reports whether all of the part are in the whole.
func includes(whole, part []string) bool {
	return !slices.ContainsFunc(part, func(p string) bool { return !slices.Contains(whole, p) })
}

func (c *checker) unlike(s *leaksummary.Series, e *origin.Entry, sibling *leaksummary.Series, call ssa.CallInstruction) report.Finding {
	f := findingAt(e.Call)
	f.Message = fmt.Sprintf("no series of %s with an old %s %q is deleted, as those of %s are in %s", name(s), e.Noun, e.Name, name(sibling), leakssa.Declared(call.Parent()).Name())
	f.Steps = []report.Step{{Pos: call.Pos(), Message: "those of " + name(sibling) + " are deleted here", Key: true}}
	return f
}

// name returns what a vector is called.
func name(s *leaksummary.Series) string {
	if s.Vector.Name != "" {
		return s.Vector.Name
	}
	return s.Var.Name()
}

// registerer reports what is registered with labels of objects that come to an
// end, when nothing keeps hold of it to unregister it.
func (c *checker) registerer(e *origin.Entry) {
	o := e.Origin
	if !e.Lasts || o.Kind == origin.Finite && len(o.Deps) == 0 || ctxflow.SetsUp(e.Call.Parent().Name()) || e.Call.Parent().Name() == "main" {
		return
	}
	if c.sum.Ends() {
		f := findingAt(e.Call)
		f.Tier = leakconfig.Audit
		f.Message = fmt.Sprintf("nothing unregisters what is registered with a new %s here", e.What)
		c.r.Report(f)
	}
}

// registers reports metrics that are registered anew for each request.
func (c *checker) registers(fn *ssa.Function) {
	calls := c.sum.Registers(fn)
	if len(calls) == 0 || !c.sum.Serves(fn) {
		return
	}
	for _, call := range calls {
		if c.said(call) {
			continue // its name matters more
		}
		f := findingAt(call)
		f.Message = fmt.Sprintf("%s registers a metric for every request: register it once", call.Common().StaticCallee().Name())
		c.r.Report(f)
	}
}
