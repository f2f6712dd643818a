package run

import (
	"context"
	"flag"
	"fmt"
	"io"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/gopls"
	"github.com/leakvet/leakvet/internal/configfile"
)

const goplsDoc = `leakvet gopls builds gopls, the language server that editors use, with the
rules inside: findings appear while you write, and their fixes as code actions.

	leakvet gopls [flags]

	-o FILE        what to write; gopls by default
	-version V     which gopls; by default the newest that the go command can build
	-config FILE   settings to build in; by default the .leakvet.yaml that holds
	               here, none for none: tier, tests, generated, vet, tables, and
	               which rules are on, at which severity. Paths mean nothing here.
	-leakvet DIR   leakvet's checkout, for development builds of leakvet

The go command builds it, and may fetch modules. In an editor's settings for
gopls, "analyses" turns single rules on and off.
`

// buildGopls is leakvet gopls.
func buildGopls(ctx context.Context, analyzers []*analysis.Analyzer, args []string, stdout, stderr io.Writer) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	}
	dir, err := workDir("")
	if err != nil {
		return fail(err)
	}
	s := &settings{start: dir}
	o := gopls.Options{Stderr: stderr, Release: toolVersion()}
	fs := flag.NewFlagSet("leakvet gopls", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&o.Out, "o", "gopls", "")
	fs.StringVar(&o.Version, "version", "", "")
	fs.StringVar(&s.config, "config", "", "")
	fs.StringVar(&o.Leakvet, "leakvet", "", "")
	switch err := fs.Parse(args); {
	case err == flag.ErrHelp:
		fmt.Fprint(stdout, goplsDoc)
		return exitClean
	case err != nil:
		return fail(explainFlag(fs, err))
	case fs.NArg() > 0:
		return fail(fmt.Errorf("leakvet gopls takes no %q: see leakvet help gopls", fs.Args()))
	}
	p, err := newPolicy(s, ruleNames(analyzers), dir)
	if err != nil {
		return fail(err)
	}
	rows, err := p.tables()
	if err != nil {
		return fail(err)
	}
	o.Settings = p.forGopls(rows)
	version, err := gopls.Build(ctx, o)
	if err != nil {
		return fail(err)
	}
	fmt.Fprintf(stdout, "%s is gopls %s with leakvet\n", o.Out, version)
	return exitClean
}

// forGopls returns what the settings mean for gopls.
func (p *policy) forGopls(rows string) gopls.Settings {
	// Every hop of a way is a line there, so only the short witness is shown.
	s := gopls.Settings{Flags: p.analysis(rows)}
	for _, rule := range p.rules {
		r := gopls.Rule{Name: rule, Severity: "warning"}
		switch set, _ := p.ruleAt(rule, ""); set {
		case configfile.On:
		case configfile.Off:
			r.Off = true
		default:
			r.Severity = set
		}
		s.Rules = append(s.Rules, r)
	}
	return s
}
