// Package stats adds up what the analysis of packages cost.
package stats

import (
	"cmp"
	"slices"
	"time"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// A Unit is the analysis of one package, or, without an ID, what went on
// around that of all.
type Unit struct {
	ID string
	unit.Stats
}

// A Report adds units up. Times are in nanoseconds, memory in bytes; what was
// not measured is 0.
type Report struct {
	Units    int           `json:"units"`
	Time     time.Duration `json:"time"`
	Memory   uint64        `json:"memory"` // the most that one process held
	Rules    []Rule        `json:"rules"`
	Phases   []Phase       `json:"phases"`
	Packages []Package     `json:"packages"`
}

// Rule is the cost of a rule, or of what rules require.
type Rule struct {
	Name      string        `json:"name"`
	Time      time.Duration `json:"time"`
	Allocated uint64        `json:"allocated"`
	Functions int           `json:"functions"`
	GivenUp   int           `json:"givenUp"`
	Findings  int           `json:"findings"`
}

// Phase is the cost of one step of all units.
type Phase struct {
	Name string        `json:"name"`
	Time time.Duration `json:"time"`
}

// Package is the cost of a package, that of its variants for tests included.
type Package struct {
	Path      string         `json:"path"`
	Scope     string         `json:"scope"` // own, foreign (only summarised) or std (not analysed)
	Units     int            `json:"units"`
	Time      time.Duration  `json:"time"`
	Memory    uint64         `json:"memory"` // the most of its units
	Functions int            `json:"functions"`
	GivenUp   int            `json:"givenUp"`
	Read      unit.FactStats `json:"read"`
	Written   unit.FactStats `json:"written"`
}

// Sum returns the report on units, the most costly first. Of the findings,
// those of each rule are counted.
func Sum(units []Unit, findings []finding.Finding) *Report {
	r := new(Report)
	rules := make(map[string]*Rule)
	phases := make(map[string]time.Duration)
	pkgs := make(map[string]*Package)
	for _, u := range units {
		r.Time += u.Time
		r.Memory = max(r.Memory, u.Memory)
		for phase, t := range u.Phases {
			phases[phase] += t
		}
		for _, a := range u.Analyzers {
			row := entry(rules, a.Name)
			row.Time += a.Time
			row.Allocated += a.Allocated
			row.Functions += a.Functions
			row.GivenUp += a.GivenUp
		}
		if u.ID != "" {
			r.Units++
			entry(pkgs, finding.PackagePath(u.ID)).add(u.Stats)
		}
	}
	for _, f := range findings {
		entry(rules, f.Rule).Findings++
	}
	for name, row := range rules {
		row.Name = name
		r.Rules = append(r.Rules, *row)
	}
	for path, p := range pkgs {
		p.Path = path
		r.Packages = append(r.Packages, *p)
	}
	for _, name := range unit.Phases {
		if t, ok := phases[name]; ok {
			r.Phases = append(r.Phases, Phase{name, t})
		}
	}
	slices.SortFunc(r.Rules, func(a, b Rule) int { return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Name, b.Name)) })
	slices.SortFunc(r.Packages, func(a, b Package) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Path, b.Path))
	})
	return r
}

func entry[T any](m map[string]*T, key string) *T {
	if m[key] == nil {
		m[key] = new(T)
	}
	return m[key]
}

func (p *Package) add(s unit.Stats) {
	p.Units++
	p.Scope = s.Scope
	p.Time += s.Time
	p.Memory = max(p.Memory, s.Memory)
	for _, a := range s.Analyzers {
		p.Functions += a.Functions
		p.GivenUp += a.GivenUp
	}
	p.Read = plus(p.Read, s.Read)
	p.Written = plus(p.Written, s.Written)
}

func plus(a, b unit.FactStats) unit.FactStats {
	return unit.FactStats{Facts: a.Facts + b.Facts, Used: a.Used + b.Used, Bytes: a.Bytes + b.Bytes}
}
