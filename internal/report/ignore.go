package report

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// ignore is one directive: //leakvet:ignore rule[,rule] reason, which speaks for
// its own line and the line below, or //leakvet:ignore-file.
type ignore struct {
	contract.Ignore
	line int
	used bool // it silences something that the rule has found
}

func ignoresIn(fset *token.FileSet, f *ast.File) []*ignore {
	var found []*ignore
	for _, c := range contract.Comments(f) {
		if i, ok := c.Ignore(); ok && !c.Blank {
			found = append(found, &ignore{Ignore: i, line: fset.PositionFor(c.Pos, false).Line})
		}
	}
	return found
}

// speaksFor reports whether the directive silences what a rule finds.
func (i *ignore) speaksFor(rule string) bool {
	return i.Reason != "" && slices.Contains(i.Rules, rule)
}

// rivals are linters whose suppressions speak for a rule too: whoever has
// judged the one has judged the other.
var rivals = map[string][]string{
	"ctxblock": {"noctx"},
	"ctxdrop":  {"contextcheck", "noctx"},
	"respbody": {"bodyclose"},
}

const nolintPrefix = "//nolint:"

// Silenced reports whether a comment on the line of pos, or on the line above,
// says that what another linter finds there is meant to be.
func (r *Reporter) Silenced(pos token.Pos) bool {
	names := rivals[r.pass.Analyzer.Name]
	if names == nil {
		return false
	}
	if r.nolints == nil {
		r.nolints = map[string]map[int][]string{}
	}
	posn := r.pass.Fset.PositionFor(pos, false)
	lines, ok := r.nolints[posn.Filename]
	if !ok {
		lines = r.nolintsIn(pos)
		r.nolints[posn.Filename] = lines
	}
	for _, line := range []int{posn.Line, posn.Line - 1} {
		for _, name := range lines[line] {
			if slices.Contains(names, name) {
				return true
			}
		}
	}
	return false
}

// nolintsIn returns which linters the comments of the file at pos silence, by
// line.
func (r *Reporter) nolintsIn(pos token.Pos) map[int][]string {
	lines := map[int][]string{}
	for _, f := range r.pass.Files {
		if pos < f.FileStart || f.FileEnd <= pos {
			continue
		}
		for _, group := range f.Comments {
			for _, c := range group.List {
				rest, ok := strings.CutPrefix(c.Text, nolintPrefix)
				if !ok {
					continue
				}
				list, _, _ := strings.Cut(rest, " ")
				line := r.pass.Fset.PositionFor(c.Pos(), false).Line
				lines[line] = append(lines[line], strings.Split(strings.TrimSuffix(list, "//"), ",")...)
			}
		}
	}
	return lines
}

// ignored reports whether a directive silences what the rule has found at a
// position. Of directives themselves no directive speaks.
func (r *Reporter) ignored(posn token.Position) bool {
	if r.pass.Analyzer.Name == DirectiveRule {
		return false
	}
	found := false
	for _, i := range r.ignores[posn.Filename] {
		if (i.WholeFile() || i.line == posn.Line || i.line == posn.Line-1) && i.speaksFor(r.pass.Analyzer.Name) {
			i.used, found = true, true
		}
	}
	return found
}

// mentionsRule reports whether any directive names this rule, so that a
// package without findings need not be scanned further.
func (r *Reporter) mentionsRule() bool {
	const prefix = "//" + contract.Prefix + contract.IgnoreLine
	for _, f := range r.pass.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, prefix) && strings.Contains(c.Text, r.pass.Analyzer.Name) {
					return true
				}
			}
		}
	}
	return false
}

// Judged notes that something else speaks of what there is to find at pos: a
// directive that silences it is of use to those who ask this rule, too.
func (r *Reporter) Judged(pos token.Pos) { r.judged = append(r.judged, pos) }

// useless returns findings about the directives that name this rule and silence
// nothing. Only where every finding is computed is that known.
func (r *Reporter) useless() []Finding {
	if r.cfg.Tier != leakconfig.Audit || r.pass.Analyzer.Name == DirectiveRule {
		return nil
	}
	for _, pos := range r.judged {
		r.ignored(r.pass.Fset.PositionFor(pos, false))
	}
	var found []Finding
	for _, f := range r.pass.Files {
		name := r.pass.Fset.File(f.FileStart).Name()
		if !r.cfg.Tests && (r.IsTest(f.FileStart) || r.helpsTests(f.FileStart)) || !r.cfg.Generated && r.generated[name] {
			continue
		}
		for _, i := range r.ignores[name] {
			if i.used || !i.speaksFor(r.pass.Analyzer.Name) {
				continue
			}
			where := "here"
			if i.WholeFile() {
				where = "in this file"
			}
			found = append(found, Finding{
				Pos: i.Pos, End: i.End, Tier: leakconfig.Audit,
				Message: fmt.Sprintf("leakvet:%s %s silences nothing: there is nothing to report %s", i.Word, r.pass.Analyzer.Name, where),
			})
		}
	}
	return found
}
