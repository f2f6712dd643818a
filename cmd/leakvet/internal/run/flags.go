package run

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
	"github.com/leakvet/leakvet/internal/suggest"
)

// settings are what the command line asks for.
type settings struct {
	start    string // the directory that leakvet was started in
	dir      string // where to look for packages
	format   string
	html     string // a file for the report to be read in a browser
	color    string
	engine   string
	version  bool
	modules  bool
	config   string   // a configuration file; "" to look for one
	rules    []string // to be shown; nil for all
	write    bool     // write the baseline
	fix      bool     // apply fixes
	diff     bool     // show what fixes would change
	dirty    bool     // apply them whatever git says
	newFrom  string   // a git revision
	build    []string // flags for the go command
	patterns []string
	stats    string // what to show of the cost: statsFew, statsAll, or "" for nothing
	// Files for profiles.
	cpuProfile, memProfile string
	given                  map[string]string // those flags that stand for keys of the configuration
}

// noConfig stands for no configuration file at all.
const noConfig = "none"

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
	s.given = make(map[string]string)
	fs.StringVar(&s.dir, "C", "", "change to this `directory` first")
	fs.BoolVar(&s.modules, "modules", false, "analyse every module of the go.work file, or else of the directory tree")

	fs.StringVar(&s.format, "format", "text", "how to print findings: "+suggest.Or(render.Formats()))
	for _, short := range []string{"short", "json"} {
		fs.BoolFunc(short, "the same as -format="+short, func(string) error {
			s.format = short
			return nil
		})
	}
	fs.StringVar(&s.html, "html", "", "write a page to read the findings in a browser to this `file`, too")
	fs.StringVar(&s.color, "color", "auto", "colour the text: auto, always or never")

	fs.StringVar(&s.config, "config", "", "the configuration `file`; none for none; by default .leakvet.yaml in the module's root or above")
	fs.Func("rule", "comma-separated `list` of rules to show; all if not given", func(v string) error {
		s.rules = append(s.rules, strings.Split(v, ",")...)
		return nil
	})
	s.setting(fs, "tier", "how sure a finding must be: default or audit", "default", "audit")
	s.setting(fs, "tests", "what to report in _test.go files: off, default (what tests suffer from) or all", testsOff, testsDefault, testsAll)
	s.setting(fs, "generated", "report in generated files", "true", "false")
	s.setting(fs, "vet", "report what go vet's own passes report, too", "true", "false")
	s.setting(fs, "fail-on", "the least `severity` that makes leakvet exit with 1: note, warning, error or never", append(slices.Clone(finding.Severities), failNever)...)
	s.setting(fs, "baseline", "a `file` of findings that are known and not told again; see leakvet help baseline")
	fs.BoolVar(&s.write, "write-baseline", false, "write all findings to the baseline")
	fs.StringVar(&s.newFrom, "new-from", "", "tell only of findings that changes since this git `revision` have to do with; see leakvet help new-from")

	fs.BoolVar(&s.fix, "fix", false, "apply the safest fix of each finding that has one")
	fs.BoolVar(&s.diff, "diff", false, "show what -fix would change, and change nothing")
	fs.BoolVar(&s.dirty, "allow-dirty", false, "let -fix change files though there are changes that are not committed")

	fs.StringVar(&s.engine, "engine", "vet", "how to analyse: vet (go vet, with its cache) or inproc (one process, without)")
	fs.BoolFunc("stats", "print what the analysis cost, to standard error; see leakvet help stats", func(v string) error {
		if v != statsFew && v != statsAll {
			return errors.New("want nothing, or all for all packages")
		}
		s.stats = v
		return nil
	})
	fs.StringVar(&s.cpuProfile, "cpuprofile", "", "write where the analysis spends its time to this `file`, for go tool pprof")
	fs.StringVar(&s.memProfile, "memprofile", "", "write where the analysis allocates memory to this `file`, for go tool pprof")
	fs.BoolVar(&s.version, "version", false, "print the version and exit")
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

// setting adds a flag that stands for a key of the configuration. Of those that
// are true or false, and of -tests, the name alone turns them on.
func (s *settings) setting(fs *flag.FlagSet, name, usage string, allowed ...string) {
	take := func(v string) error {
		if name == "tests" && v == "true" {
			v = testsAll
		}
		if allowed != nil && !slices.Contains(allowed, v) {
			return fmt.Errorf("want %s", suggest.Or(allowed))
		}
		s.given[name] = v
		return nil
	}
	if name == "tests" || slices.Contains(allowed, "true") {
		fs.BoolFunc(name, usage, take)
	} else {
		fs.Func(name, usage, take)
	}
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
	var err error
	if s.start, err = os.Getwd(); err != nil {
		return nil, err
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
	if err := oneOf("format", s.format, render.Formats()...); err != nil {
		return err
	}
	if s.write && (s.fix || s.diff) {
		return errors.New("-write-baseline makes findings known, -fix and -diff mend them: use one of them")
	}
	if s.write && s.newFrom != "" {
		return errors.New("-write-baseline with -new-from would forget what is older: use one of them")
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
		return fmt.Errorf("flag -%s is %q: want %s", name, value, suggest.Or(allowed))
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

// show returns how messages call a file: relative to the directory that leakvet
// was started in, if it lies beneath.
func (s *settings) show(file string) string {
	if rel, err := filepath.Rel(s.start, file); err == nil && filepath.IsLocal(rel) {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}
