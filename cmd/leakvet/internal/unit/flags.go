package unit

import (
	"flag"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// RelFlag asks for findings as the leakvet command wants them: with their tier
// and what they are about; with file names relative to the package's directory,
// marked by a leading "./", and columns in the package's own files only. The go command may answer from a cache that another
// checkout filled (with -trimpath the directory is no part of the key), so
// absolute names can be wrong; who sets this flag resolves the names against
// the directory that the package has today. It is not for people.
const RelFlag = "leakvet.rel"

// options are the settings of one run.
type options struct {
	json       bool
	context    int // lines of context in plain text; negative for none
	rel        bool
	stats      bool
	profile    string               // the value of ProfileFlag
	analyzers  []*analysis.Analyzer // those enabled
	tables     *flag.Flag           // TablesFlag; nil if no analyzer has it
	configFile string
}

// registerOwn adds the flags that x/tools' unitchecker does not know.
func registerOwn(fs *flag.FlagSet, opts *options) {
	fs.BoolVar(&opts.rel, RelFlag, false, "internal: name files relative to the package's directory")
	fs.BoolVar(&opts.stats, StatsFlag, false, "internal: print what the analysis cost")
	fs.StringVar(&opts.profile, ProfileFlag, "", "internal: write profiles of these `kinds`")
}

// parseFlags reads a call by the go command: flags, then a configuration file.
func parseFlags(analyzers []*analysis.Analyzer, args []string) (*options, error) {
	opts := new(options)
	fs := flag.NewFlagSet("leakvet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	registerOwn(fs, opts)
	fs.BoolVar(&opts.json, "json", false, "")
	fs.IntVar(&opts.context, "c", -1, "")
	fs.Bool("fix", false, "")
	fs.Bool("diff", false, "")
	for _, name := range []string{"source", "v", "all"} { // of old, without effect
		fs.Bool(name, false, "")
	}
	fs.String("tags", "", "")

	enabled := make([]choice, len(analyzers))
	for i, a := range analyzers {
		fs.Var(&enabled[i], a.Name, "")
		a.Flags.VisitAll(func(f *flag.Flag) {
			fs.Var(f.Value, a.Name+"."+f.Name, f.Usage)
		})
	}
	if err := fs.Parse(args); err != nil {
		return nil, err
	}
	opts.tables = fs.Lookup(TablesFlag)
	if fs.NArg() != 1 || !strings.HasSuffix(fs.Arg(0), ".cfg") {
		return nil, fmt.Errorf("want one configuration file as the go command writes it, got %q", fs.Args())
	}
	opts.configFile = fs.Arg(0)
	opts.analyzers = choose(analyzers, enabled)
	return opts, nil
}

// choose returns the analyzers that the choices enable: if any is chosen,
// those; else all that are not rejected. An analyzer that others require is
// there for their sake: its own choice means nothing.
func choose(analyzers []*analysis.Analyzer, choices []choice) []*analysis.Analyzer {
	required := make(map[*analysis.Analyzer]bool)
	for _, a := range analyzers {
		visit(a.Requires, required)
	}
	anyChosen := false
	for i, a := range analyzers {
		anyChosen = anyChosen || choices[i] == chosen && !required[a]
	}
	var kept []*analysis.Analyzer
	for i, a := range analyzers {
		if required[a] || choices[i] == chosen || choices[i] == undecided && !anyChosen {
			kept = append(kept, a)
		}
	}
	return kept
}

// visit marks analyzers and all that they require.
func visit(analyzers []*analysis.Analyzer, seen map[*analysis.Analyzer]bool) {
	for _, a := range analyzers {
		if !seen[a] {
			seen[a] = true
			visit(a.Requires, seen)
		}
	}
}

// choice is a boolean flag that knows whether it was given.
type choice int

const (
	undecided choice = iota
	chosen
	rejected
)

func (c *choice) IsBoolFlag() bool { return true }

func (c *choice) String() string { return strconv.FormatBool(c != nil && *c == chosen) }

// Set parses "true" or "false".
func (c *choice) Set(s string) error {
	on, err := strconv.ParseBool(s)
	if err != nil {
		return fmt.Errorf("want true or false")
	}
	*c = rejected
	if on {
		*c = chosen
	}
	return nil
}

// Rules returns the analyzers that no other requires: those that report.
func Rules(analyzers []*analysis.Analyzer) []*analysis.Analyzer {
	required := make(map[*analysis.Analyzer]bool)
	for _, a := range analyzers {
		visit(a.Requires, required)
	}
	var rules []*analysis.Analyzer
	for _, a := range analyzers {
		if !required[a] {
			rules = append(rules, a)
		}
	}
	return rules
}
