package run

import (
	"fmt"
	"io"
	"time"

	"golang.org/x/tools/go/analysis/checker"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// What -stats shows of packages.
const (
	statsFew = "true"
	statsAll = "all"
)

const statsDoc = `leakvet -stats prints, after the findings and to standard error, what the
analysis cost: by rule, by phase, and the ten most costly packages; all of them
with -stats=all. With -json the numbers are in the JSON, too.

The numbers are from when each package was analysed. The first run with -stats
analyses all packages anew, since go vet keeps its results apart from those
without; later ones get what has not changed, numbers included, from the cache
of go vet, and cost next to nothing.

	time       how long processors were busy, collecting garbage included, and
	           by phase and package the start of the process, too
	memory     the most that the process held
	functions  those looked at; given up are those that are too large
	facts in   what the packages that it imports say; used is what was asked for
	facts out  what it tells those that import it
	scope      own; foreign if it is another module's, and only summarised; std
	           if it is of the standard library, and not looked at

A dash is none, or not measured. With -engine=inproc there are only the time of
each rule and package, by the clock, and the memory of the whole.

-cpuprofile FILE and -memprofile FILE write what go tool pprof reads: the work on all
packages added up, but for the standard library's. With them nothing comes from
the cache, so that -stats is of this run.
`

// writeStats prints what the analysis cost.
func (s *summary) writeStats(w io.Writer, report *stats.Report) {
	fmt.Fprint(w, "leakvet: what each package cost when it was analysed; see leakvet help stats\n\n")
	packages := stats.Few
	if s.settings.stats == statsAll {
		packages = -1
	}
	report.Write(w, packages)
}

// graphStats returns what the analysis in one process cost.
func graphStats(graph *checker.Graph, load time.Duration) []stats.Unit {
	var units []stats.Unit
	index := make(map[string]int)
	for act := range graph.All() {
		p := act.Package
		i, ok := index[p.ID]
		if !ok {
			i = len(units)
			index[p.ID] = i
			units = append(units, stats.Unit{ID: p.ID, Stats: unit.Stats{
				Scope: unit.ScopeName(p.PkgPath, p.Dir), Phases: make(map[string]time.Duration),
			}})
		}
		units[i].Time += act.Duration
		units[i].Phases[unit.PhaseAnalyzers] += act.Duration
		units[i].Analyzers = append(units[i].Analyzers, unit.AnalyzerStats{Name: act.Analyzer.Name, Time: act.Duration})
	}
	around := stats.Unit{Stats: unit.Stats{Time: load, Phases: map[string]time.Duration{unit.PhaseLoad: load}}}
	around.Memory = unit.PeakMemory()
	return append(units, around)
}
