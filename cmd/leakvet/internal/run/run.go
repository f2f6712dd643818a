// Package run is the leakvet command as people call it.
package run

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/changes"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// The exit codes.
const (
	exitClean    = 0
	exitFindings = 1
	exitFailure  = 2
)

// Main runs the program with the given suite and arguments (without the
// program's name) and returns its exit code. It serves people and the go
// command alike.
func Main(suite unit.Suite, args []string) int {
	if unit.Handles(args) {
		return unit.Main(suite, args, os.Stdout, os.Stderr)
	}
	// A reader that goes away is an error to tell of, like a full disk.
	signal.Ignore(syscall.SIGPIPE)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return command(ctx, suite, args, os.Stdout, os.Stderr)
}

func command(ctx context.Context, suite unit.Suite, args []string, stdout, stderr *os.File) int {
	fail := func(err error) int {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	}
	if len(args) > 0 && args[0] == "help" {
		return help(suite.Analyzers, args[1:], stdout, stderr)
	}
	if len(args) > 0 && args[0] == "gopls" {
		return buildGopls(ctx, suite.Analyzers, args[1:], stdout, stderr)
	}
	show := len(args) > 0 && args[0] == "config"
	if show {
		if args = args[1:]; len(args) == 1 && (args[0] == "-schema" || args[0] == "--schema") {
			return printSchema(stdout, stderr)
		}
	}
	s, err := parseFlags(suite.Analyzers, args)
	if errors.Is(err, flag.ErrHelp) {
		return help(suite.Analyzers, nil, stdout, stderr)
	}
	if err != nil {
		return fail(err)
	}
	if s.version {
		fmt.Fprintln(stdout, versionLine())
		return exitClean
	}
	dir, err := workDir(s.dir)
	if err != nil {
		return fail(err)
	}
	if show {
		return showConfig(s, suite.Analyzers, dir, stdout, stderr)
	}
	dirs := []string{dir}
	if s.modules {
		if dirs, err = modules(ctx, dir); err != nil {
			return fail(err)
		}
	}
	sum := &summary{settings: s, suite: suite, problems: new(problems), changes: make(map[string]changes.Changes)}
	progress := newProgress(stderr)
	defer progress.stop()
	prof, err := newProfiles(s)
	if err != nil {
		return fail(err)
	}
	if prof != nil {
		defer os.RemoveAll(prof.dir)
	}
	var runs []*runner
	for _, dir := range dirs {
		r, err := newRunner(s, suite, dir, sum.problems, progress)
		if err != nil {
			return fail(err)
		}
		r.profiles = prof
		runs = append(runs, r)
	}
	for _, r := range runs {
		err := r.analyze(ctx)
		if ctx.Err() != nil {
			progress.stop()
			return fail(errors.New("interrupted: nothing is shown and nothing is changed"))
		}
		if errors.As(err, new(nothingToDo)) && s.modules {
			continue
		}
		if err != nil {
			sum.problems.add(err.Error())
		}
		if err := sum.settle(ctx, r); err != nil {
			return fail(err)
		}
		sum.add(r)
	}
	if prof != nil {
		if err := prof.write(ctx); err != nil {
			sum.problems.add(err.Error())
		}
	}
	progress.stop()
	return sum.finish(ctx, stdout, stderr)
}

// A runner analyses one module.
type runner struct {
	settings *settings
	suite    unit.Suite
	policy   *policy
	tables   string // rows that the configuration adds
	dir      string // absolute
	tmp      string // for temporary files
	report   *finding.Report
	stats    []stats.Unit // if asked for
	profiles *profiles    // nil if nobody asks for any
	match    listing      // what the patterns match, once that is known
	problems *problems
	progress *progress
}

// newRunner reads what holds in a directory. What is wrong with that is known
// before anything is analysed.
func newRunner(s *settings, suite unit.Suite, dir string, problems *problems, progress *progress) (*runner, error) {
	p, err := newPolicy(s, ruleNames(suite.Analyzers), dir)
	if err != nil {
		return nil, err
	}
	tables, err := p.tables()
	if err != nil {
		return nil, err
	}
	// It is read again when it is needed: the analysis takes its time.
	if _, err := p.readBaseline(); err != nil {
		return nil, err
	}
	return &runner{
		settings: s, suite: suite, policy: p, tables: tables, dir: dir,
		report: new(finding.Report), problems: problems, progress: progress,
	}, nil
}

// analyze leaves what was found in the report, and what went wrong in the
// problems. An error is a problem that left nothing to look at.
func (r *runner) analyze(ctx context.Context) error {
	if r.settings.engine != "inproc" {
		return r.goVet(ctx)
	}
	if r.profiles == nil {
		return r.inProcess(ctx)
	}
	stop, err := unit.StartProfiles(r.profiles.kinds(), r.profiles.dir)
	if err != nil {
		return err
	}
	return errors.Join(r.inProcess(ctx), stop())
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
