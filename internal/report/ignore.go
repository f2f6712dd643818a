package report

import (
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

const ignorePrefix = "//leakvet:ignore "

// ignore is one directive: //leakvet:ignore rule[,rule] reason.
// It speaks for its own line and for the line below it.
type ignore struct {
	pos    token.Pos
	line   int
	rules  []string
	reason string
}

func ignoresIn(fset *token.FileSet, f *ast.File) []ignore {
	var found []ignore
	for _, group := range f.Comments {
		for _, c := range group.List {
			rest, ok := strings.CutPrefix(c.Text, ignorePrefix)
			if !ok {
				continue
			}
			rules, reason, _ := strings.Cut(strings.TrimSpace(rest), " ")
			found = append(found, ignore{
				pos:    c.Pos(),
				line:   fset.PositionFor(c.Pos(), false).Line,
				rules:  strings.Split(rules, ","),
				reason: strings.TrimSpace(reason),
			})
		}
	}
	return found
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

func (r *Reporter) ignored(posn token.Position) bool {
	return slices.ContainsFunc(r.ignores[posn.Filename], func(i ignore) bool {
		return (i.line == posn.Line || i.line == posn.Line-1) &&
			i.reason != "" && slices.Contains(i.rules, r.pass.Analyzer.Name)
	})
}

// mentionsRule reports whether any directive names this rule, so that a
// package without findings need not be scanned further.
func (r *Reporter) mentionsRule() bool {
	for _, f := range r.pass.Files {
		for _, group := range f.Comments {
			for _, c := range group.List {
				if strings.HasPrefix(c.Text, ignorePrefix) && strings.Contains(c.Text, r.pass.Analyzer.Name) {
					return true
				}
			}
		}
	}
	return false
}

// reportBareIgnores tells of directives that name this rule but give no
// reason: they silence nothing.
func (r *Reporter) reportBareIgnores() {
	for _, f := range r.pass.Files {
		for _, i := range r.ignores[r.pass.Fset.File(f.FileStart).Name()] {
			if i.reason == "" && slices.Contains(i.rules, r.pass.Analyzer.Name) {
				r.pass.Report(analysis.Diagnostic{
					Pos:      i.pos,
					Category: r.pass.Analyzer.Name,
					Message:  "leakvet:ignore " + r.pass.Analyzer.Name + " silences nothing: it gives no reason",
				})
			}
		}
	}
}
