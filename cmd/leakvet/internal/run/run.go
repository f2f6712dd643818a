// Package run is the leakvet command as people call it.
package run

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// The exit codes.
const (
	exitClean       = 0
	exitFindings    = 1
	exitFailure     = 2
	exitInterrupted = 130
)

// Main runs the program with the given suite and arguments (without the
// program's name) and returns its exit code. It serves people and the go
// command alike.
func Main(suite unit.Suite, args []string) int {
	if unit.Handles(args) {
		return unit.Main(suite, args, os.Stdout, os.Stderr)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return command(ctx, suite, args, os.Stdout, os.Stderr)
}

func command(ctx context.Context, suite unit.Suite, args []string, stdout, stderr *os.File) int {
	if len(args) > 0 && args[0] == "help" {
		return help(suite.Analyzers, args[1:], stdout, stderr)
	}
	s, err := parseFlags(suite.Analyzers, args)
	if errors.Is(err, flag.ErrHelp) {
		return help(suite.Analyzers, nil, stdout, stderr)
	}
	if err != nil {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	}
	if s.version {
		fmt.Fprintln(stdout, versionLine())
		return exitClean
	}
	dir, err := workDir(s.dir)
	if err != nil {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	}
	r := &runner{
		settings: s, suite: suite, dir: dir,
		report: new(finding.Report), problems: new(problems), progress: newProgress(stderr),
	}
	if s.engine == "inproc" {
		err = r.inProcess(ctx)
	} else {
		err = r.goVet(ctx)
	}
	r.progress.clear()
	if ctx.Err() != nil {
		fmt.Fprintln(stderr, "leakvet: interrupted")
		return exitInterrupted
	}
	if err != nil {
		r.problems.add(err.Error())
	}
	return r.finish(stdout, stderr)
}

// A runner carries one run's state.
type runner struct {
	settings *settings
	suite    unit.Suite
	dir      string // absolute
	tmp      string // for the go command's temporary files
	report   *finding.Report
	problems *problems
	progress *progress
}

// finish prints what was found and what went wrong, and returns the exit code.
func (r *runner) finish(stdout, stderr io.Writer) int {
	r.report.Findings = slices.DeleteFunc(r.report.Findings, func(f finding.Finding) bool {
		return r.settings.rules != nil && !slices.Contains(r.settings.rules, f.Rule)
	})
	r.report.Normalize()
	base, err := os.Getwd()
	if err != nil {
		base = r.dir
	}
	out := render.Options{Base: base, Color: useColor(r.settings.color, stdout)}
	if r.settings.json {
		err = render.JSON(stdout, r.report, r.problems.list, out)
	} else {
		err = render.Text(stdout, r.report, out)
	}
	r.problems.print(stderr)
	for _, f := range r.report.Failures {
		fmt.Fprintf(stderr, "leakvet: %s on %s: %s\n", f.Rule, f.Package, f.Message)
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	case len(r.problems.list) > 0 || len(r.report.Failures) > 0:
		return exitFailure
	case len(r.report.Findings) > 0:
		return exitFindings
	}
	return exitClean
}

// ruleNames returns the names of the analyzers that report something, which
// are those that no other requires.
func ruleNames(analyzers []*analysis.Analyzer) []string {
	var names []string
	for _, a := range unit.Rules(analyzers) {
		names = append(names, a.Name)
	}
	slices.Sort(names)
	return names
}
