// Package configfile reads .leakvet.yaml, which says what the members of a
// project want to hear of.
//
// What is not said is zero; the defaults are the reader's affair. An unknown
// key, a value of the wrong kind and an unknown rule are errors that name the
// file, the line and, where there is one, the word that was meant.
package configfile

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"github.com/leakvet/leakvet/internal/suggest"
)

// Name is what the file is called.
const Name = ".leakvet.yaml"

// Schema is the JSON schema of the file, for editors.
//
//go:embed schema.json
var Schema []byte

// AllRules stands in rules for each rule that is not named itself.
const AllRules = "all"

// RuleSettings returns what a rule can be set to.
func RuleSettings() []string {
	field, _ := reflect.TypeFor[Config]().FieldByName("Rules")
	return enum(field.Tag)
}

// Config is the content of a file. The tags describe it to the decoder and to
// the generator of the schema alike.
type Config struct {
	Tier       string            `json:"tier,omitempty" jsonschema:"enum=default,enum=audit" jsonschema_description:"how sure a finding must be: default findings are proven, audit findings need judgement"`
	Tests      string            `json:"tests,omitempty" jsonschema:"enum=off,enum=default,enum=all" jsonschema_description:"what is reported in _test.go files: nothing, what the tests themselves suffer from, or all that is reported elsewhere"`
	Generated  bool              `json:"generated,omitempty" jsonschema_description:"report in generated files, too"`
	Vet        bool              `json:"vet,omitempty" jsonschema_description:"report what go vet's own passes report, too"`
	Rules      map[string]string `json:"rules,omitempty" jsonschema:"enum=off,enum=on,enum=note,enum=warning,enum=error" jsonschema_description:"which rules are on, and how severe their findings are; all stands for those not named"`
	FailOn     string            `json:"fail-on,omitempty" jsonschema:"enum=note,enum=warning,enum=error,enum=never" jsonschema_description:"the least severity that makes the command fail"`
	Exclude    []string          `json:"exclude,omitempty" jsonschema_description:"patterns of paths in which nothing is reported, relative to this file"`
	Baseline   string            `json:"baseline,omitempty" jsonschema_description:"a file of findings that are known, relative to this file"`
	Tables     string            `json:"tables,omitempty" jsonschema_description:"additional API table rows"`
	TableFiles []string          `json:"table-files,omitempty" jsonschema_description:"files of additional API table rows, relative to this file"`
	Overrides  []Override        `json:"overrides,omitempty" jsonschema_description:"what holds in some paths only; of several that match, the later count"`

	File  string         `json:"-"` // where it was read from; "" if nowhere
	lines map[string]int // by path of keys, such as "overrides[0].tier"
}

// Override is what holds in some paths.
type Override struct {
	Paths []string          `json:"paths" jsonschema_description:"patterns of paths, relative to this file"`
	Tier  string            `json:"tier,omitempty" jsonschema:"enum=default,enum=audit" jsonschema_description:"how sure a finding must be there"`
	Rules map[string]string `json:"rules,omitempty" jsonschema:"enum=off,enum=on,enum=note,enum=warning,enum=error" jsonschema_description:"which rules are on there, and how severe their findings are"`
}

// Parse reads the content of the file with that name; rules are the names of all
// rules. Its error may tell of several mistakes, a line each.
func Parse(file string, data []byte, rules []string) (*Config, error) {
	c := &Config{File: file, lines: make(map[string]int)}
	d := &decoder{file: file, lines: c.lines}
	d.document(data, c)
	if len(d.errs) == 0 {
		d.check(c, rules)
	}
	if len(d.errs) > 0 {
		return nil, errors.Join(d.errs...)
	}
	return c, nil
}

// FromSettings reads what another program's configuration holds under the keys of
// a file; name is how messages call it, and paths are relative to dir.
func FromSettings(name, dir string, settings any, rules []string) (*Config, error) {
	data, err := json.Marshal(settings)
	if err != nil {
		return nil, fmt.Errorf("%s: %v", name, err)
	}
	c := &Config{File: filepath.Join(dir, Name), lines: make(map[string]int)}
	d := &decoder{file: name, lines: c.lines, bare: true}
	if settings != nil {
		d.document(data, c) // JSON is YAML
	}
	if len(d.errs) == 0 {
		d.check(c, rules)
	}
	return c, errors.Join(d.errs...)
}

// check finds what is of the right form but makes no sense.
func (d *decoder) check(c *Config, rules []string) {
	names := append(slices.Clone(rules), AllRules)
	d.checkRules("", c.Rules, names)
	d.checkPatterns("exclude", c.Exclude)
	for i, o := range c.Overrides {
		key := fmt.Sprintf("overrides[%d]", i)
		if len(o.Paths) == 0 {
			d.errorf(d.lines[key], "this override has no paths")
		}
		d.checkPatterns(key+".paths", o.Paths)
		d.checkRules(key+".", o.Rules, names)
	}
}

func (d *decoder) checkRules(key string, rules map[string]string, known []string) {
	for name := range rules {
		if !slices.Contains(known, name) {
			d.errorf(d.lines[key+"rules."+name], "unknown rule %q%s", name, suggest.DidYouMean(name, known))
		}
	}
}

func (d *decoder) checkPatterns(key string, patterns []string) {
	for i, p := range patterns {
		line := d.lines[fmt.Sprintf("%s[%d]", key, i)]
		if p == "" || !doublestar.ValidatePattern(p) {
			d.errorf(line, "%q is no pattern of paths", p)
		} else if strings.HasPrefix(p, "/") || slices.Contains(strings.Split(p, "/"), "..") {
			d.errorf(line, "the pattern %q leaves the directory of this file", p)
		}
	}
}

// Line returns where a key such as "rules.respbody" is set; 0 if it is not.
func (c *Config) Line(key string) int { return c.lines[key] }

// Dir returns the directory that paths in the file are relative to.
func (c *Config) Dir() string { return filepath.Dir(c.File) }

// Excluded reports whether nothing is to be reported in the file with the
// given absolute name.
func (c *Config) Excluded(file string) bool { return c.matches(c.Exclude, file) }

// Overriding returns which overrides hold for the file with the given
// absolute name, as indices.
func (c *Config) Overriding(file string) []int {
	var list []int
	for i, o := range c.Overrides {
		if c.matches(o.Paths, file) {
			list = append(list, i)
		}
	}
	return list
}

// Off and On are the settings of a rule that are no severity.
const (
	Off = "off"
	On  = "on"
)

// RuleAt returns what a rule is set to in the file with the given absolute name
// ("" for where nothing overrides), and the key that says so; On and "" if none
// does.
func (c *Config) RuleAt(rule, file string) (set, key string) {
	set = On
	take := func(rules map[string]string, prefix string) {
		for _, name := range []string{AllRules, rule} {
			if v := rules[name]; v != "" {
				set, key = v, prefix+"rules."+name
			}
		}
	}
	take(c.Rules, "")
	if file != "" {
		for _, i := range c.Overriding(file) {
			take(c.Overrides[i].Rules, fmt.Sprintf("overrides[%d].", i))
		}
	}
	return set, key
}

// TierAt returns the tier that is wanted in the file with the given absolute
// name, and the key that says so; "" if none does.
func (c *Config) TierAt(file string) (tier, key string) {
	if c.Tier != "" {
		tier, key = c.Tier, "tier"
	}
	for _, i := range c.Overriding(file) {
		if t := c.Overrides[i].Tier; t != "" {
			tier, key = t, fmt.Sprintf("overrides[%d].tier", i)
		}
	}
	return tier, key
}

// Audits reports whether the audit tier is wanted anywhere.
func (c *Config) Audits() bool {
	const audit = "audit"
	return c.Tier == audit || slices.ContainsFunc(c.Overrides, func(o Override) bool { return o.Tier == audit })
}

func (c *Config) matches(patterns []string, file string) bool {
	if len(patterns) == 0 {
		return false
	}
	rel, err := filepath.Rel(c.Dir(), file)
	if err != nil {
		return false
	}
	rel = filepath.ToSlash(rel)
	return slices.ContainsFunc(patterns, func(p string) bool { return Match(p, rel) })
}

// Match reports whether a pattern matches a slash-separated path: itself or
// one of the directories that it lies in. "**" stands for any number of
// directories, and so does the go command's "...".
func Match(pattern, path string) bool {
	pattern = strings.TrimPrefix(strings.TrimSuffix(pattern, "/"), "./")
	if dir, ok := strings.CutSuffix(pattern, "..."); ok {
		pattern = dir + "**"
	}
	return doublestar.MatchUnvalidated(pattern, path) || doublestar.MatchUnvalidated(pattern+"/**", path)
}
