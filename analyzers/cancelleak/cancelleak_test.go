package cancelleak_test

import (
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/cancelleak"
	"github.com/leakvet/leakvet/internal/leakconfig"
	"github.com/leakvet/leakvet/internal/ruletest"
)

func TestCancelleak(t *testing.T) {
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/a", "cancelleak/ok", "cancelleak/missed")
}

// TestAudit sees what the default tier leaves out, and that what is right is
// right there, too.
func TestAudit(t *testing.T) {
	ruletest.Audit(t)
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/audit", "cancelleak/ok", "cancelleak/missed")
}

// TestVet sees that what go vet reports is left to it, unless a flag asks.
func TestVet(t *testing.T) {
	set := leakconfig.Analyzer.Flags.Set
	if err := set("vet", "true"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := set("vet", "false"); err != nil {
			t.Error(err)
		}
	})
	analysistest.Run(t, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/vet", "cancelleak/ok")
}

// TestLeftToVet sees that the rule alone is silent there.
func TestLeftToVet(t *testing.T) {
	for _, r := range analysistest.Run(silence{}, ruletest.Testdata(t), cancelleak.Analyzer, "cancelleak/vet") {
		for _, d := range r.Diagnostics {
			t.Errorf("%s: %s", r.Pass.Fset.Position(d.Pos), d.Message)
		}
	}
}

// silence takes the complaints of a run whose expectations do not hold here.
type silence struct{}

func (silence) Errorf(string, ...any) {}
