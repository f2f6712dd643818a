package run

import (
	"cmp"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/internal/configfile"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// What is reported in test files.
const (
	testsOff     = "off"     // nothing
	testsDefault = "default" // what the tests themselves suffer from
	testsAll     = "all"     // all that is reported elsewhere
)

// failNever stands for no severity at all.
const failNever = "never"

// A policy is what holds for the packages of one module: the command line's
// settings, and where it is silent those of the configuration file, and where
// that is silent the defaults.
type policy struct {
	line  *settings
	file  *configfile.Config // without any content if there is none
	rules []string           // the names of all rules
}

// defaults are the values of what nobody has set.
var defaults = map[string]string{
	"tier": "default", "tests": testsDefault, "generated": "false", "vet": "false", "fail-on": "note",
}

// newPolicy reads the configuration that holds for the module around dir.
func newPolicy(s *settings, rules []string, dir string) (*policy, error) {
	p := &policy{line: s, file: new(configfile.Config), rules: rules}
	name := s.config
	switch {
	case name == noConfig:
		return p, nil
	case name == "":
		if name = findConfig(dir); name == "" {
			return p, nil
		}
	case !filepath.IsAbs(name):
		name = filepath.Join(s.start, name)
	}
	file, err := readConfig(name, rules)
	if err != nil {
		return nil, err
	}
	p.file = file
	return p, nil
}

// An origin says where a setting comes from: a flag, "file:line" or "default".
type origin string

const byDefault origin = "default"

// value returns the setting with the name of a flag and of a key, and where it
// comes from.
func (p *policy) value(name string) (string, origin) {
	if v, ok := p.line.given[name]; ok {
		return v, origin("flag -" + name)
	}
	c := p.file
	set := map[string]string{
		"tier": c.Tier, "tests": c.Tests, "fail-on": c.FailOn, "baseline": c.Baseline,
		"generated": fmt.Sprint(c.Generated), "vet": fmt.Sprint(c.Vet),
	}[name]
	if c.Line(name) > 0 && set != "" {
		return set, p.at(name)
	}
	return defaults[name], byDefault
}

// at says where the file sets a key.
func (p *policy) at(key string) origin {
	return origin(fmt.Sprintf("%s:%d", p.line.show(p.file.File), p.file.Line(key)))
}

func (p *policy) get(name string) string {
	v, _ := p.value(name)
	return v
}

// baseline returns the file of known findings; "" if there is none.
func (p *policy) baseline() string {
	v, from := p.value("baseline")
	switch {
	case v == "" || filepath.IsAbs(v):
		return v
	case strings.HasPrefix(string(from), "flag"):
		return filepath.Join(p.line.start, v)
	}
	return filepath.Join(p.file.Dir(), v)
}

// tier returns the highest tier that is wanted anywhere.
func (p *policy) tier() leakconfig.Tier {
	v, given := p.line.given["tier"]
	if given && v == leakconfig.Audit.String() || !given && p.file.Audits() {
		return leakconfig.Audit
	}
	return leakconfig.Default
}

// tierAt returns the tier that is wanted in a file, and who says so.
func (p *policy) tierAt(file string) (string, origin) {
	if v, given := p.line.given["tier"]; given {
		return v, "flag -tier"
	}
	if v, key := p.file.TierAt(file); v != "" {
		return v, p.at(key)
	}
	return defaults["tier"], byDefault
}

// ruleAt returns what a rule is set to in a file ("off", "on" or a severity),
// and who says so. Without a file, it is what holds where nothing overrides.
func (p *policy) ruleAt(rule, file string) (string, origin) {
	if p.line.rules != nil && !slices.Contains(p.line.rules, rule) {
		return configfile.Off, "flag -rule"
	}
	v, key := p.file.RuleAt(rule, file)
	switch {
	case v == configfile.Off && p.line.rules != nil:
		return configfile.On, "flag -rule"
	case key == "":
		return v, byDefault
	}
	return v, p.at(key)
}

// wants reports whether a finding is to be shown, and says how severe it is.
func (p *policy) wants(f *finding.Finding) bool {
	set, _ := p.ruleAt(f.Rule, f.Pos.File)
	if set == configfile.Off || p.file.Excluded(f.Pos.File) {
		return false
	}
	if p.get("tests") == testsOff && strings.HasSuffix(f.Pos.File, "_test.go") {
		return false
	}
	if f.Audit {
		if tier, _ := p.tierAt(f.Pos.File); tier != leakconfig.Audit.String() {
			return false
		}
	}
	f.Severity = cmp.Or(finding.ParseSeverity(set), usual(f.Audit))
	return true
}

// usual returns the severity of findings of which nothing is said.
func usual(audit bool) finding.Severity {
	if audit {
		return finding.Note
	}
	return finding.Warning
}

// fails reports whether a finding makes the run fail.
func (p *policy) fails(f *finding.Finding) bool {
	want := p.get("fail-on")
	return want != failNever && f.Severity >= finding.ParseSeverity(want)
}

// looksAt reports whether a run with the policy looks for findings of a rule
// and a tier, wherever they may be.
func (p *policy) looksAt(rule string, audit bool) bool {
	set, _ := p.ruleAt(rule, "")
	return set != configfile.Off && (!audit || p.tier() == leakconfig.Audit)
}

// analysis returns the settings that change the analysis and differ from the
// defaults, by the names of leakconfig's flags; tables is the value of one.
func (p *policy) analysis(tables string) map[string]string {
	set := make(map[string]string)
	if p.get("generated") == "true" {
		set["generated"] = "true"
	}
	if tables != "" {
		set["tables"] = tables
	}
	if p.get("tests") == testsAll {
		set["tests"] = "true"
	}
	if t := p.tier(); t != leakconfig.Default {
		set["tier"] = t.String()
	}
	if p.get("vet") == "true" {
		set["vet"] = "true"
	}
	return set
}

// analyzerFlags returns what analysis does as name=value without a dash, sorted,
// and the flags that the command always sets. Only what differs from the defaults
// is named: the flags are part of every cache key.
func (p *policy) analyzerFlags(tables string) []string {
	set := p.analysis(tables)
	set["witness"] = leakconfig.Full.String()
	var flags []string
	for _, name := range slices.Sorted(maps.Keys(set)) {
		flags = append(flags, leakconfig.Analyzer.Name+"."+name+"="+set[name])
	}
	return flags
}
