package run

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
	"github.com/leakvet/leakvet/internal/suggest"
)

// help prints what args ask about: nothing, a rule, or "json".
func help(analyzers []*analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		overview(analyzers, stdout)
		return exitClean
	}
	if args[0] == "json" {
		fmt.Fprint(stdout, render.FormatDoc)
		return exitClean
	}
	for _, a := range unit.Rules(analyzers) {
		if a.Name == args[0] {
			fmt.Fprint(stdout, rules.Parse(a).Terminal())
			return exitClean
		}
	}
	names := append(ruleNames(analyzers), "json")
	fmt.Fprintf(stderr, "leakvet: no help on %q%s: see leakvet help\n", args[0], suggest.DidYouMean(args[0], names))
	return exitFailure
}

func overview(analyzers []*analysis.Analyzer, w io.Writer) {
	fmt.Fprint(w, `Leakvet finds resources that Go programs acquire and never give back, and
work that goes on when nobody waits for it any more.

Usage:

	leakvet [flags] [packages]
	leakvet help [rule | json]
	go vet -vettool=$(which leakvet) [packages]

Without packages it analyses the one in the current directory. It exits with
0 if it finds nothing, 1 if it finds something, 2 if it could not look at
everything. A line ignores a rule by a comment on it or above it:

	//leakvet:ignore rule reason

Rules:

`)
	for _, a := range unit.Rules(analyzers) {
		fmt.Fprintf(w, "	%-12s %s\n", a.Name, rules.Parse(a).Title)
	}
	fmt.Fprint(w, "\nFlags:\n\n")
	newFlags(new(settings)).VisitAll(func(f *flag.Flag) {
		arg, usage := flag.UnquoteUsage(f)
		if arg == "value" || arg == "string" {
			arg = ""
		}
		fmt.Fprintf(w, "	%-18s %s\n", strings.TrimSpace("-"+f.Name+" "+arg), usage)
	})
}
