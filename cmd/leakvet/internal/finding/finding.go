// Package finding models what leakvet tells its users.
package finding

import (
	"cmp"
	"slices"
)

// Position is a place in a file; lines and columns count from one, columns in
// bytes. Zero means unknown.
type Position struct {
	File   string
	Line   int
	Column int
}

func (p Position) compare(q Position) int {
	return cmp.Or(cmp.Compare(p.File, q.File), cmp.Compare(p.Line, q.Line), cmp.Compare(p.Column, q.Column))
}

// Step is one hop of a finding's witness.
type Step struct {
	Position
	Message string
}

// Edit replaces the bytes of a file from Start up to End.
type Edit struct {
	File       string
	Start, End int
	New        string
}

// Fix is a change that mends a finding.
type Fix struct {
	Message string
	Edits   []Edit
}

// Finding is one leak.
type Finding struct {
	Package  string // import path
	Rule     string
	Category string
	Message  string
	Pos      Position
	End      Position
	Steps    []Step
	Fixes    []Fix
}

// Failure is a rule that could not do its work on a package.
type Failure struct {
	Package string
	Rule    string
	Message string
}

// Report is the outcome of one run.
type Report struct {
	Findings []Finding
	Failures []Failure
}

// Normalize sorts the report and drops repetitions: a package and the same
// package with its tests say the same.
func (r *Report) Normalize() {
	slices.SortStableFunc(r.Findings, compareFindings)
	r.Findings = slices.CompactFunc(r.Findings, func(a, b Finding) bool { return compareFindings(a, b) == 0 })
	slices.SortStableFunc(r.Failures, compareFailures)
	r.Failures = slices.Compact(r.Failures)
}

func compareFindings(a, b Finding) int {
	return cmp.Or(a.Pos.compare(b.Pos), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

func compareFailures(a, b Failure) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}
