// Package unit analyses one package at the bidding of a build system that
// speaks the protocol of go vet: it is called with a configuration file that
// names the package's files and, for each import, the types and facts that
// earlier runs left behind.
//
// It differs from x/tools' unitchecker in what it need not do: the standard
// library is not analysed, other people's code is only summarised, and types
// come from the compiler's export data wherever the go command supplies them.
package unit

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/scanner"
	"go/types"
	"io"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/leakvet/leakvet/internal/guard"
)

// Suite is what a tool analyses with.
type Suite struct {
	// Analyzers are those that flags enable and configure.
	Analyzers []*analysis.Analyzer

	// Prune, if not nil, removes from the files of a package that is only
	// summarised what cannot matter, and reports whether any body is left.
	Prune func([]*ast.File) bool
}

// Handles reports whether args are a call by a build system rather than by a
// person.
func Handles(args []string) bool {
	if len(args) == 0 {
		return false
	}
	for _, arg := range args {
		switch name, _ := flagName(arg); name {
		case "V", "flags":
			return true
		}
	}
	return strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Main does what args ask for, which Handles has approved, and returns the
// exit code: 0 if all is well, 1 for findings in plain text or a failure.
func Main(suite Suite, args []string, stdout, stderr io.Writer) int {
	if handOver(args) {
		// The go command learns the flags from unitchecker.
		registerOwn(flag.CommandLine, new(options))
		unitchecker.Main(suite.Analyzers...)
	}
	relaxCollector()
	opts, err := parseFlags(suite.Analyzers, args)
	if err != nil {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return 1
	}
	if opts.profile == "" {
		runtime.MemProfileRate = 0 // nobody will read the samples
	}
	code, err := runFile(suite, opts, stdout, stderr)
	if err != nil {
		explain(stderr, err)
		return 1
	}
	return code
}

// relaxCollector puts the first collection off until the heap has some size:
// most units never reach it, and for them collecting is in vain. From then on
// the collector works harder than usual, since those are the units that decide
// how much memory a run needs.
func relaxCollector() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(freeHeap)
	type sentinel struct{ _ [16]byte }
	runtime.AddCleanup(new(sentinel), func(struct{}) {
		debug.SetMemoryLimit(math.MaxInt64)
		debug.SetGCPercent(gcPercent)
	}, struct{}{})
}

const (
	freeHeap  = 128 << 20 // bytes
	gcPercent = 50
)

// handOver reports whether x/tools' unitchecker serves args: the two
// questions of the go command, and whole runs that apply fixes. Mixing the
// two runners is safe, since flags are part of every unit's cache key.
func handOver(args []string) bool {
	for _, arg := range args {
		switch name, value := flagName(arg); name {
		case "V", "flags":
			return true
		case "fix", "diff":
			if value != "false" {
				return true
			}
		}
	}
	return false
}

func flagName(arg string) (name, value string) {
	if !strings.HasPrefix(arg, "-") {
		return "", ""
	}
	name, value, _ = strings.Cut(strings.TrimLeft(arg, "-"), "=")
	return name, value
}

// explain prints a failure: errors in the analysed source without a prefix,
// as compilers do, so that tools find the position.
func explain(w io.Writer, err error) {
	var (
		typeErr  types.Error
		scanErr  *scanner.Error
		scanErrs scanner.ErrorList
	)
	if errors.As(err, &typeErr) || errors.As(err, &scanErr) || errors.As(err, &scanErrs) {
		fmt.Fprintln(w, err)
		return
	}
	fmt.Fprintf(w, "leakvet: %v\n", err)
}

func runFile(suite Suite, opts *options, stdout, stderr io.Writer) (int, error) {
	cfg, err := readConfig(opts.configFile)
	if err != nil {
		return 1, err
	}
	failures := new(failures)
	guard.OnPanic = failures.add
	u := &unit{cfg: cfg, opts: opts, suite: suite, failures: failures, stderr: stderr, scope: scopeOf(cfg)}
	if opts.stats && opts.json {
		u.meter = newMeter(u.scope)
		u.meter.enter(phaseRead)
	}
	// Nothing is looked up for the standard library: it need not wait for rows.
	if u.scope != std {
		if err := resolveTables(opts.tables); err != nil {
			return 1, err
		}
	}
	if err := profiled(opts, u.scope, u.run); err != nil {
		if cfg.SucceedOnTypecheckFailure && errors.As(err, new(types.Error)) {
			return 0, nil // the compiler will tell of them
		}
		return 1, err
	}
	code, err := u.print(stdout, stderr)
	if err != nil {
		return 1, err
	}
	// The facts come last: with them the unit counts as done.
	if cfg.VetxOutput != "" {
		if err := writeFile(cfg.VetxOutput, u.vetx); err != nil {
			return 1, err
		}
	}
	return code, nil
}

// writeFile writes name so that it never holds half of data.
func writeFile(name string, data []byte) error {
	tmp := name + ".new"
	if err := os.WriteFile(tmp, data, 0o666); err != nil {
		return err
	}
	return os.Rename(tmp, name)
}
