package leakdirective

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/report"
	"github.com/leakvet/leakvet/internal/suggest"
)

//go:embed doc.go
var doc string

// Analyzer reports //leakvet: comments that are wrong.
var Analyzer = &analysis.Analyzer{
	Name:     report.DirectiveRule,
	Doc:      report.Doc(doc, report.DirectiveRule),
	URL:      "https://github.com/leakvet/leakvet/blob/main/docs/rules/leakdirective.md",
	Requires: []*analysis.Analyzer{leakconfig.Analyzer},
	Run:      report.Rule(run),
}

func run(pass *analysis.Pass, r *report.Reporter) {
	tell := func(c contract.Comment, message string) {
		r.Report(report.Finding{Pos: c.Pos, End: c.End, Message: message})
	}
	declared := false
	for _, f := range pass.Files {
		for _, c := range contract.Comments(f) {
			if c.AboutDeclaration() {
				declared = true
			} else if message := check(c); message != "" {
				tell(c, message)
			}
		}
	}
	if !declared {
		return
	}
	tables, err := leakapi.Builtin().With("leakconfig.tables", r.Config().Tables)
	if err != nil {
		return // leaksummary says so
	}
	_, problems := contract.Read(pass.Fset, pass.Files, pass.TypesInfo, tables)
	for _, p := range problems {
		tell(p.Comment, p.Message)
	}
}

// check returns what is wrong with a directive that is about no declaration, or "".
func check(c contract.Comment) string {
	ignore, isIgnore := c.Ignore()
	switch {
	case c.Blank && isIgnore && namesRule(ignore):
		return "leakvet:" + c.Word + " does nothing with a blank behind the slashes"
	case c.Blank:
		return ""
	case isIgnore:
		return checkIgnore(ignore)
	case c.Word == "":
		return "leakvet: must be followed by a directive, without a blank"
	}
	return "unknown directive leakvet:" + short(c.Word) + didYouMean("leakvet:", c.Word, contract.Words())
}

// didYouMean returns a question for the candidate nearest to a name, with what
// stands in front of it, or "" if none is near.
func didYouMean(prefix, name string, candidates []string) string {
	if best := suggest.Nearest(name, candidates); best != "" {
		return " (did you mean " + prefix + best + "?)"
	}
	return ""
}

// maxName is how much of a wrong name a message repeats.
const maxName = 30

func short(name string) string {
	if r := []rune(name); len(r) > maxName {
		return string(r[:maxName]) + "…"
	}
	return name
}
