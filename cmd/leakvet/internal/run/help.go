package run

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/baseline"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/changes"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
	"github.com/leakvet/leakvet/internal/suggest"
)

// topics are what help knows beside the rules.
var topics = []struct{ name, text string }{
	{"baseline", baseline.Doc},
	{"config", configDoc},
	{"gopls", goplsDoc},
	{"json", render.FormatDoc},
	{"new-from", changes.Doc},
	{"stats", statsDoc},
}

const configDoc = `The settings of a project are in .leakvet.yaml, in the root of its module or in
a directory above, up to the root of the repository:

	tier: audit               # or default
	tests: off                # off, default or all
	generated: false          # true reports in generated files, too
	vet: false                # true reports what go vet reports, too
	fail-on: warning          # note, warning, error or never
	rules:                    # off, on, or a severity: note, warning, error
	  all: warning            # those that are not named
	  respbody: error
	  connconf: off
	exclude: [third_party, "**/*.pb.go"]
	baseline: leakvet.baseline
	table-files: [leakvet.tables]
	tables: |
	  close example.com/db.Done arg=0
	overrides:                # the last that matches a path counts
	  - paths: [legacy/...]
	    tier: default
	    rules: {mapgrow: off}

Paths are relative to the file. A pattern stands for all below it; ** and ... for
any number of directories. Flags of the same names come before the file.

	leakvet config            what is in force here, and why
	leakvet config FILE...    what is in force for these files
	leakvet config -schema    the JSON schema of the file, for editors

Only tier, tests, generated, vet and tables change what is analysed. All others
are applied to what is known: changing them costs nothing.
`

// help prints what args ask about: nothing, a rule, or a topic.
func help(analyzers []*analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	if len(args) == 0 {
		overview(analyzers, stdout)
		return exitClean
	}
	names := ruleNames(analyzers)
	for _, t := range topics {
		if t.name == args[0] {
			fmt.Fprint(stdout, t.text)
			return exitClean
		}
		names = append(names, t.name)
	}
	for _, a := range unit.Rules(analyzers) {
		if a.Name == args[0] {
			fmt.Fprint(stdout, rules.Parse(a).Terminal())
			return exitClean
		}
	}
	fmt.Fprintf(stderr, "leakvet: no help on %q%s: see leakvet help\n", args[0], suggest.DidYouMean(args[0], names))
	return exitFailure
}

func overview(analyzers []*analysis.Analyzer, w io.Writer) {
	fmt.Fprint(w, `Leakvet finds resources that Go programs acquire and never give back, and
work that goes on when nobody waits for it any more.

Usage:

	leakvet [flags] [packages]
	leakvet config [flags] [files]
	leakvet gopls [flags]
	leakvet help [rule | baseline | config | gopls | json | new-from | stats]
	go vet -vettool=$(which leakvet) [packages]

Without packages it analyses the one in the current directory. It exits with
0 if it finds nothing, 1 if it finds something, 2 if it could not look at
everything. A line ignores a rule by a comment on it or above it, a file by a
comment anywhere in it:

	//leakvet:ignore rule[,rule] reason
	//leakvet:ignore-file rule[,rule] reason

Directives beside declarations say what code does not show: see
https://github.com/leakvet/leakvet/blob/main/docs/directives.md

Rules:

`)
	for _, a := range unit.Rules(analyzers) {
		fmt.Fprintf(w, "	%-14s %s\n", a.Name, rules.Parse(a).Title)
	}
	fmt.Fprint(w, "\nFlags:\n\n")
	newFlags(new(settings)).VisitAll(func(f *flag.Flag) {
		arg, usage := flag.UnquoteUsage(f)
		if arg == "value" || arg == "string" {
			arg = ""
		}
		fmt.Fprintf(w, "	%-20s %s\n", strings.TrimSpace("-"+f.Name+" "+arg), usage)
	})
}
