// Package plugin makes the suite a golangci-lint module plugin named leakvet.
package plugin

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/golangci/plugin-module-register/register"
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// Name is what the plugin is registered as.
const Name = "leakvet"

func init() { register.Plugin(Name, New) }

// Settings are the keys that linters.settings.custom.leakvet.settings takes.
type Settings struct {
	Tier      string `json:"tier"`      // default or audit; default if empty
	Tests     bool   `json:"tests"`     // treat _test.go files like any other
	Generated bool   `json:"generated"` // report in generated files too
	Vet       bool   `json:"vet"`       // report what go vet's own passes report, too
}

type plugin struct{ flags map[string]string }

// New takes what golangci-lint read from its configuration, nil included, and
// returns the plugin. An unknown key, a value of the wrong type and an unknown
// tier are errors.
func New(settings any) (register.LinterPlugin, error) {
	s, err := register.DecodeSettings[Settings](settings)
	if err != nil {
		return nil, fmt.Errorf("leakvet: %w", err)
	}
	var tier leakconfig.Tier
	if s.Tier != "" {
		if err := tier.Set(s.Tier); err != nil {
			return nil, fmt.Errorf("leakvet: %w", err)
		}
	}
	return &plugin{flags: map[string]string{
		"tier":      tier.String(),
		"tests":     strconv.FormatBool(s.Tests),
		"generated": strconv.FormatBool(s.Generated),
		"vet":       strconv.FormatBool(s.Vet),
	}}, nil
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
			suite[i] = withoutRelated(a)
		}
	}
	return suite, nil
}

// withoutRelated returns a copy of a rule that reports no related positions:
// golangci-lint shows each of them as an issue of its own.
func withoutRelated(rule *analysis.Analyzer) *analysis.Analyzer {
	plain := *rule
	plain.Run = func(pass *analysis.Pass) (any, error) {
		quiet := *pass
		quiet.Report = func(d analysis.Diagnostic) {
			d.Related = nil
			pass.Report(d)
		}
		return rule.Run(&quiet)
	}
	return &plain
}

// GetLoadMode says that the rules need types.
func (*plugin) GetLoadMode() string { return register.LoadModeTypesInfo }
