package run

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/suggest"
)

// settings are what the command line asks for.
type settings struct {
	dir       string // where to look for packages
	json      bool
	color     string
	engine    string
	version   bool
	rules     []string // to be shown; nil for all
	tier      leakconfig.Tier
	tests     bool
	generated bool
	build     []string // flags for the go command
	patterns  []string
}

// buildFlags are those of the go command's that change what a package is.
var buildFlags = []struct {
	name, usage string
	boolean     bool
}{
	{"mod", "module download `mode`, as for go build", false},
	{"modfile", "use this `file` instead of go.mod", false},
	{"overlay", "read a JSON `file` that replaces source files", false},
	{"p", "run at most this `number` of programs at once", false},
	{"race", "analyse the program as built with -race", true},
	{"tags", "comma-separated `list` of build tags", false},
	{"trimpath", "share cached results between checkouts", true},
}

// usageError is a command line that makes no sense.
type usageError struct{ error }

// newFlags returns the flag set that fills s.
func newFlags(s *settings) *flag.FlagSet {
	fs := flag.NewFlagSet("leakvet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	fs.StringVar(&s.dir, "C", "", "change to this `directory` first")
	fs.BoolVar(&s.json, "json", false, "print findings as JSON; see leakvet help json")
	fs.StringVar(&s.color, "color", "auto", "colour the text: auto, always or never")
	fs.StringVar(&s.engine, "engine", "vet", "how to analyse: vet (go vet, with its cache) or inproc (one process, without)")
	fs.BoolVar(&s.version, "version", false, "print the version and exit")
	fs.Func("rules", "comma-separated `list` of rules to show; all if not given", func(v string) error {
		s.rules = append(s.rules, strings.Split(v, ",")...)
		return nil
	})
	fs.Var(&s.tier, "tier", "how sure a finding must be: default or audit")
	fs.BoolVar(&s.tests, "tests", false, "report in _test.go files everything that is reported elsewhere")
	fs.BoolVar(&s.generated, "generated", false, "report in generated files")
	for _, b := range buildFlags {
		pass := func(v string) error {
			s.build = append(s.build, "-"+b.name+"="+v)
			return nil
		}
		if b.boolean {
			fs.BoolFunc(b.name, b.usage, pass)
		} else {
			fs.Func(b.name, b.usage, pass)
		}
	}
	return fs
}

// parseFlags reads a person's command line. Its errors are usageErrors, or
// flag.ErrHelp.
func parseFlags(analyzers []*analysis.Analyzer, args []string) (*settings, error) {
	s := new(settings)
	fs := newFlags(s)
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, usageError{explainFlag(fs, err)}
	}
	s.patterns = fs.Args()
	if len(s.patterns) == 0 {
		s.patterns = []string{"."}
	}
	if err := s.check(analyzers); err != nil {
		return nil, usageError{err}
	}
	return s, nil
}

func (s *settings) check(analyzers []*analysis.Analyzer) error {
	for _, p := range s.patterns {
		if strings.HasPrefix(p, "-") {
			return fmt.Errorf("flag %s comes after a package: flags go first", p)
		}
	}
	if err := oneOf("engine", s.engine, "vet", "inproc"); err != nil {
		return err
	}
	if err := oneOf("color", s.color, "auto", "always", "never"); err != nil {
		return err
	}
	names := ruleNames(analyzers)
	for _, r := range s.rules {
		if !slices.Contains(names, r) {
			return fmt.Errorf("unknown rule %q%s: see leakvet help", r, suggest.DidYouMean(r, names))
		}
	}
	return nil
}

func oneOf(name, value string, allowed ...string) error {
	if !slices.Contains(allowed, value) {
		return fmt.Errorf("flag -%s is %q: want %s", name, value, strings.Join(allowed, " or "))
	}
	return nil
}

// explainFlag makes flag's errors helpful.
func explainFlag(fs *flag.FlagSet, err error) error {
	const undefined = "flag provided but not defined: -"
	name, ok := strings.CutPrefix(err.Error(), undefined)
	if !ok {
		return err
	}
	var names []string
	fs.VisitAll(func(f *flag.Flag) { names = append(names, "-"+f.Name) })
	return fmt.Errorf("unknown flag -%s%s: see leakvet help", name, suggest.DidYouMean("-"+name, names))
}

// analyzerFlags returns the settings that change the analysis, as name=value
// without a dash, sorted. Only what differs from the defaults is named: the
// flags are part of every cache key.
func (s *settings) analyzerFlags() []string {
	var flags []string
	if s.generated {
		flags = append(flags, "leakconfig.generated=true")
	}
	if s.tests {
		flags = append(flags, "leakconfig.tests=true")
	}
	if s.tier != leakconfig.Default {
		flags = append(flags, "leakconfig.tier="+s.tier.String())
	}
	return append(flags, "leakconfig.witness=full")
}
