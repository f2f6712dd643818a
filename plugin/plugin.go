// Package plugin makes the suite a golangci-lint module plugin named leakvet.
//
// Its settings are the keys of .leakvet.yaml (docs/config.md), but for those
// that golangci-lint has a way of its own for.
package plugin

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/configfile"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/report"
)

// Name is what the plugin is registered as.
const Name = "leakvet"

func init() { register.Plugin(Name, New) }

// foreign are the keys of .leakvet.yaml that mean nothing here, and what to use
// instead.
var foreign = []struct{ key, instead string }{
	{"baseline", "use issues.new or issues.new-from-rev"},
	{"fail-on", "use severity and issues-exit-code"},
	{"table-files", "put the rows under tables: golangci-lint's cache does not see the files"},
}

type plugin struct {
	config *configfile.Config
	flags  map[string]string
}

// New takes what golangci-lint read from its configuration, nil included, and
// returns the plugin. An unknown key, a value of the wrong kind, an unknown rule
// and a row that is no row are errors. Paths are relative to the current
// directory.
func New(settings any) (register.LinterPlugin, error) {
	dir, err := os.Getwd()
	if err != nil {
		return nil, fmt.Errorf("leakvet: %w", err)
	}
	c, err := configfile.FromSettings("leakvet: settings", dir, settings, report.Rules())
	if err != nil {
		return nil, err
	}
	for _, f := range foreign {
		if c.Line(f.key) > 0 {
			return nil, fmt.Errorf("leakvet: settings: %s means nothing to golangci-lint: %s", f.key, f.instead)
		}
	}
	tier := leakconfig.Default
	if c.Audits() {
		tier = leakconfig.Audit
	}
	p := &plugin{config: c, flags: map[string]string{
		"tier":      tier.String(),
		"tests":     strconv.FormatBool(c.Tests == "all"),
		"generated": strconv.FormatBool(c.Generated),
		"vet":       strconv.FormatBool(c.Vet),
		"tables":    c.Tables,
	}}
	// What is wrong with the rows is known before anything is analysed.
	if err := leakconfig.Analyzer.Flags.Set("tables", c.Tables); err != nil {
		return nil, fmt.Errorf("leakvet: settings: %w", err)
	}
	return p, nil
}

// BuildAnalyzers returns the suite with the settings in force. The settings
// are the process's: golangci-lint makes each plugin once.
func (p *plugin) BuildAnalyzers() ([]*analysis.Analyzer, error) {
	for name, value := range p.flags {
		if err := leakconfig.Analyzer.Flags.Set(name, value); err != nil {
			return nil, fmt.Errorf("leakvet: setting %s: %w", name, err)
		}
	}
	suite := analyzers.All()
	for i, a := range suite {
		if slices.Contains(analyzers.Rules(), a) {
			suite[i] = p.filtered(a)
		}
	}
	return suite, nil
}

// filtered returns a copy of a rule that reports only what the settings want to
// hear of, and no related positions: golangci-lint shows each of them as an issue
// of its own.
func (p *plugin) filtered(rule *analysis.Analyzer) *analysis.Analyzer {
	plain := *rule
	plain.Run = func(pass *analysis.Pass) (any, error) {
		quiet := *pass
		quiet.Report = func(d analysis.Diagnostic) {
			if p.wants(rule.Name, pass.Fset.Position(d.Pos).Filename, report.IsAudit(d)) {
				d.Related = nil
				pass.Report(d)
			}
		}
		return rule.Run(&quiet)
	}
	return &plain
}

// wants reports whether a finding of a rule in a file is to be told.
func (p *plugin) wants(rule, file string, audit bool) bool {
	if !filepath.IsAbs(file) {
		file = filepath.Join(p.config.Dir(), file)
	}
	if set, _ := p.config.RuleAt(rule, file); set == configfile.Off || p.config.Excluded(file) {
		return false
	}
	if p.config.Tests == "off" && strings.HasSuffix(file, "_test.go") {
		return false
	}
	tier, _ := p.config.TierAt(file)
	return !audit || tier == leakconfig.Audit.String()
}

// GetLoadMode says that the rules need types.
func (*plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
