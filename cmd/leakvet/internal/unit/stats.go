package unit

import (
	"os"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// StatsFlag asks a unit to print, with its findings and under StatsKey, what
// it cost. Packages that nobody asked for do so, too. It is not for people.
const StatsFlag = "leakvet.stats"

// StatsKey stands where names of analyzers stand, and is none.
const StatsKey = "leakvet.stats"

// Stats say what the analysis of one package cost. Time is what the process
// kept processors busy; where the system does not tell, what a clock shows.
type Stats struct {
	Scope     string                   `json:"scope"`
	Time      time.Duration            `json:"time"`             // of the whole process
	Memory    uint64                   `json:"memory,omitempty"` // the most that the process held, in bytes
	Phases    map[string]time.Duration `json:"phases"`
	Analyzers []AnalyzerStats          `json:"analyzers,omitempty"`
	Read      FactStats                `json:"read"`
	Written   FactStats                `json:"written"`
}

// Own reports whether the package was analysed in full.
func (s *Stats) Own() bool { return s.Scope == own.String() }

// AnalyzerStats say what one analyzer cost.
type AnalyzerStats struct {
	Name      string        `json:"name"`
	Time      time.Duration `json:"time"`
	Allocated uint64        `json:"allocated,omitempty"` // bytes
	Functions int           `json:"functions,omitempty"`
	GivenUp   int           `json:"givenUp,omitempty"` // of the functions
}

// FactStats count facts.
type FactStats struct {
	Facts int `json:"facts,omitempty"`
	Used  int `json:"used,omitempty"` // of those read, how many somebody asked for
	Bytes int `json:"bytes,omitempty"`
}

// The phases of a unit, in their order.
const (
	phaseStart     = "start"     // all before the unit knows its package
	phaseRead      = "read"      // the configuration, and what imports left behind
	phaseParse     = "parse"     // the package's files
	phaseTypes     = "types"     // the imports' types from export data, and the package's
	phaseFacts     = "facts"     // the imports' facts
	PhaseAnalyzers = "analyzers" // the rules and what they require
	phaseWrite     = "write"     // making the bytes of facts and findings
	PhaseLoad      = "load"      // of no unit: loading all packages into one process
)

// Phases are all phases in their order.
var Phases = []string{phaseStart, PhaseLoad, phaseRead, phaseParse, phaseTypes, phaseFacts, PhaseAnalyzers, phaseWrite}

// A meter takes a unit's stats. A nil one does nothing.
type meter struct {
	stats Stats
	phase string
	since time.Duration // what the clock showed when it began
	clock func() time.Duration

	workers map[int]worker // by index in stats.Analyzers
}

func newMeter(s scope) *meter {
	m := &meter{stats: Stats{Scope: s.String(), Phases: make(map[string]time.Duration)}, clock: cpuTime, workers: make(map[int]worker)}
	if cpuTime() == 0 {
		start := time.Now()
		m.clock = func() time.Duration { return time.Since(start) }
	}
	m.stats.Phases[phaseStart] = m.clock()
	return m
}

// enter ends a phase and begins another; "" for none.
func (m *meter) enter(phase string) {
	if m == nil {
		return
	}
	now := m.clock()
	if m.phase != "" {
		m.stats.Phases[m.phase] += now - m.since
	}
	m.phase, m.since = phase, now
}

// A reading is what a meter shows at some moment.
type reading struct {
	at        time.Duration
	allocated uint64
}

func (m *meter) read() reading {
	if m == nil {
		return reading{}
	}
	return reading{m.clock(), allocated()}
}

// ran notes what an analyzer cost since a reading. Analyzers run one after the
// other, so that all that was allocated is theirs.
func (m *meter) ran(analyzer string, since reading, value any) {
	if m == nil {
		return
	}
	now := m.read()
	a := AnalyzerStats{Name: analyzer, Time: now.at - since.at, Allocated: now.allocated - since.allocated}
	if w, ok := value.(worker); ok {
		m.workers[len(m.stats.Analyzers)] = w
	}
	m.stats.Analyzers = append(m.stats.Analyzers, a)
}

// A worker says what was done for it, and later for those that ask it.
type worker interface {
	Work() (functions, givenUp int)
}

// facts notes which facts were read and written.
func (m *meter) facts(deps map[string]*vetx, s *facts, written []byte) {
	if m == nil {
		return
	}
	for _, v := range deps {
		m.stats.Read.Bytes += len(v.facts)
	}
	for _, list := range s.byPkg {
		m.stats.Read.Facts += len(list)
	}
	m.stats.Read.Used = len(s.decoded)
	entries, _ := decodeEntries(written)
	m.stats.Written = FactStats{Facts: len(entries), Bytes: len(written)}
}

// done returns the stats. What remains is to write two files.
func (m *meter) done() Stats {
	m.enter("")
	for i, w := range m.workers {
		m.stats.Analyzers[i].Functions, m.stats.Analyzers[i].GivenUp = w.Work()
	}
	m.stats.Time, m.stats.Memory = m.clock(), PeakMemory()
	return m.stats
}

func allocated() uint64 { return metric("/gc/heap/allocs:bytes") }

func metric(name string) uint64 {
	sample := []metrics.Sample{{Name: name}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0
	}
	return sample[0].Value.Uint64()
}

// PeakMemory returns the most memory that this process has held, in bytes. It
// asks Linux, which counts from the start of the program; what
// getrusage says there is the peak of the go command, if that is larger.
// Elsewhere it is what the Go runtime holds now.
func PeakMemory() uint64 {
	if data, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(data)) {
			if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
				kb, _ := strconv.ParseUint(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")), 10, 64)
				return kb << 10
			}
		}
	}
	return metric("/memory/classes/total:bytes") - metric("/memory/classes/heap/released:bytes")
}
