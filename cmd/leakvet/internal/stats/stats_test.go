package stats_test

import (
	"strings"
	"testing"
	"time"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

func units() []stats.Unit {
	mk := func(id, scope string, ms int, memory uint64, functions, givenUp int) stats.Unit {
		t := time.Duration(ms) * time.Millisecond
		return stats.Unit{ID: id, Stats: unit.Stats{
			Scope: scope, Time: t, Memory: memory,
			Phases: map[string]time.Duration{"types": t / 4, unit.PhaseAnalyzers: 3 * t / 4},
			Analyzers: []unit.AnalyzerStats{
				{Name: "summary", Time: t / 2, Allocated: 1500 * uint64(ms), Functions: functions, GivenUp: givenUp},
				{Name: "rule", Time: t / 4, Allocated: uint64(ms)},
			},
			Read:    unit.FactStats{Facts: 3, Used: 1, Bytes: 1000},
			Written: unit.FactStats{Facts: 2, Bytes: 300},
		}}
	}
	std := stats.Unit{ID: "errors", Stats: unit.Stats{Scope: "std"}}
	return []stats.Unit{mk("a", "own", 40, 3e6, 7, 0), mk("a [a.test]", "own", 80, 5e6, 9, 2), mk("b", "foreign", 120, 2e6, 0, 0), std}
}

func TestWrite(t *testing.T) {
	report := stats.Sum(units(), []finding.Finding{{Rule: "rule"}, {Rule: "rule"}})
	const want = `  time   share  allocated  functions  given up  findings  rule
0.120s   66.7%   360.0 kB         16         2         -  summary
0.060s   33.3%      240 B          -         -         2  rule
0.180s  100.0%   360.2 kB         16         2         2  all

  time   share  phase
0.060s   25.0%  types
0.180s   75.0%  analyzers
0.240s  100.0%  all

  time  memory  functions  given up  facts in  used    size  facts out   size    scope  package
0.120s  5.0 MB         16         2         6     2  2.0 kB          4  600 B      own  a
0.120s  2.0 MB          -         -         3     1  1.0 kB          2  300 B  foreign  b
     -       -          -         -         -     -       -          -      -      std  errors

3 of 3 packages shown; 4 units, 0.240s, memory of the largest 5.0 MB
`
	var b strings.Builder
	if err := report.Write(&b, -1); err != nil {
		t.Fatal(err)
	}
	if b.String() != want {
		t.Errorf("got:\n%s\nwant:\n%s", b.String(), want)
	}
	b.Reset()
	if err := report.Write(&b, 1); err != nil {
		t.Fatal(err)
	}
	if s := b.String(); !strings.Contains(s, "1 of 3 packages shown") || strings.Contains(s, "errors") {
		t.Errorf("got:\n%s", s)
	}
}

func TestNothing(t *testing.T) {
	var b strings.Builder
	if err := stats.Sum(nil, nil).Write(&b, stats.Few); err != nil || !strings.Contains(b.String(), "0 of 0 packages") {
		t.Errorf("got %v:\n%s", err, b.String())
	}
}
