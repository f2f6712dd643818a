// Package leakconfig carries the settings that change what the analysis says
// from a driver's flags to the analyzers.
//
// Settings that only change what is shown (paths, baselines, formats) are the
// command's affair and never reach an analyzer.
package leakconfig

import (
	"flag"
	"fmt"
	"reflect"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Tier grades how much a finding asks of the reader's judgement.
type Tier int

const (
	// Default findings are proven within the stated model.
	Default Tier = iota
	// Audit findings are likely, but a person must judge them.
	Audit
)

// String returns the name that the tier flag takes.
func (t Tier) String() string {
	if t == Audit {
		return "audit"
	}
	return "default"
}

// Set parses "default" or "audit".
func (t *Tier) Set(s string) error {
	switch s {
	case "default":
		*t = Default
	case "audit":
		*t = Audit
	default:
		return fmt.Errorf("unknown tier %q: want default or audit", s)
	}
	return nil
}

// Witness says how much of a finding's path is put into Related.
type Witness int

const (
	// Short keeps at most two related positions, which every driver can show.
	Short Witness = iota
	// Full keeps every hop.
	Full
)

// String returns the name that the witness flag takes.
func (w Witness) String() string {
	if w == Full {
		return "full"
	}
	return "short"
}

// Set parses "short" or "full".
func (w *Witness) Set(s string) error {
	switch s {
	case "short":
		*w = Short
	case "full":
		*w = Full
	default:
		return fmt.Errorf("unknown witness %q: want short or full", s)
	}
	return nil
}

// Config is the Result of Analyzer. It is read-only.
type Config struct {
	Tier      Tier    // the highest tier to report
	Witness   Witness // how much of the path Related holds
	Tests     bool    // treat _test.go files like any other
	Generated bool    // report in generated files too
	Vet       bool    // report what go vet's own passes report, too
	Tables    string  // additional API table rows, in the grammar of docs/tables.md
}

// flags holds the values that a driver sets before the first Run.
var flags Config

func newFlags() flag.FlagSet {
	fs := flag.NewFlagSet("leakconfig", flag.ContinueOnError)
	fs.Var(&flags.Tier, "tier", "report `default` findings only, or audit findings too")
	fs.Var(&flags.Witness, "witness", "put a `short` or the full path into related positions")
	fs.BoolVar(&flags.Tests, "tests", false, "report in _test.go files everything that is reported elsewhere")
	fs.BoolVar(&flags.Generated, "generated", false, "report in generated files")
	fs.BoolVar(&flags.Vet, "vet", false, "report what go vet's own passes report, too")
	fs.Var((*rows)(&flags.Tables), "tables", "additional API table `rows`")
	return *fs
}

// rows are table rows. That they are well-formed is known before any analyzer
// runs, none of which could do more about it than fail.
type rows string

func (r *rows) String() string { return string(*r) }

// Set takes rows, or the digest that stands for them until they are known.
func (r *rows) Set(s string) error {
	if !strings.HasPrefix(s, DigestMark) {
		if _, err := leakapi.Builtin().With("tables", s); err != nil {
			return err
		}
	}
	*r = rows(s)
	return nil
}

// DigestMark begins what may stand for table rows where a driver knows how to
// find them.
const DigestMark = "sha256-"

// Analyzer reports nothing; every other analyzer requires it for its Config.
// Its own enable flag means nothing.
var Analyzer = &analysis.Analyzer{
	Name:       "leakconfig",
	Doc:        "leakconfig: carry the settings of the leakvet suite\n\nIt reports nothing; its flags configure the other analyzers.",
	URL:        "https://github.com/leakvet/leakvet",
	Flags:      newFlags(),
	ResultType: reflect.TypeFor[*Config](),
	Run: func(*analysis.Pass) (any, error) {
		cfg := flags
		return &cfg, nil
	},
}
