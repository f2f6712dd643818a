// Package finding models what leakvet tells its users.
package finding

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
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
	Sum        string // of the file's content, see unit.Sum
}

// Fix is a change that mends a finding.
type Fix struct {
	Message string
	Edits   []Edit
}

// Severity says how much a finding matters to those who set up the run.
type Severity int

// The severities, the least first.
const (
	Note Severity = iota + 1
	Warning
	Error
)

// Severities are the names of all, the least first.
var Severities = []string{Note - 1: "note", Warning - 1: "warning", Error - 1: "error"}

// String returns the severity's name.
func (s Severity) String() string {
	if s < Note || s > Error {
		return "none"
	}
	return Severities[s-1]
}

// ParseSeverity returns the severity with that name; 0 if there is none.
func ParseSeverity(name string) Severity { return Severity(slices.Index(Severities, name) + 1) }

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

	Audit    bool   // of the audit tier
	Function string // the declaration that it lies in, such as "(*Client).Get"
	Subject  string // what it is about: callee and variable, or an expression
	Ordinal  int    // among those with the same names, from 1; 0 until Number is called
	Severity Severity
}

// Fingerprint names a finding without lines and file names, so that it stays
// the same when code moves.
type Fingerprint struct {
	Rule, Package, Function, Subject string
	Ordinal                          int // among equals, from 1
}

// Fingerprint returns the finding's, which Number has completed.
func (f *Finding) Fingerprint() Fingerprint {
	return Fingerprint{f.Rule, f.Package, f.Function, f.Subject, f.Ordinal}
}

// Compare orders fingerprints by their fields.
func (f Fingerprint) Compare(g Fingerprint) int {
	return cmp.Or(cmp.Compare(f.Rule, g.Rule), cmp.Compare(f.Package, g.Package), cmp.Compare(f.Function, g.Function),
		cmp.Compare(f.Subject, g.Subject), cmp.Compare(f.Ordinal, g.Ordinal))
}

// Hash returns a short text that differs where fingerprints differ.
func (f Fingerprint) Hash() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{f.Rule, f.Package, f.Function, f.Subject, strconv.Itoa(f.Ordinal)}, "\x00")))
	return hex.EncodeToString(sum[:16])
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

// Number gives each finding of a normalized report its ordinal. Those of the
// audit tier come after all others, whose numbers do not depend on whether
// the tier is asked for.
func (r *Report) Number() {
	seen := make(map[Fingerprint]int)
	for _, audit := range []bool{false, true} {
		for i := range r.Findings {
			if f := &r.Findings[i]; f.Audit == audit {
				f.Ordinal = 0
				key := f.Fingerprint()
				seen[key]++
				f.Ordinal = seen[key]
			}
		}
	}
}

func compareFindings(a, b Finding) int {
	return cmp.Or(a.Pos.compare(b.Pos), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}

func compareFailures(a, b Failure) int {
	return cmp.Or(cmp.Compare(a.Package, b.Package), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Message, b.Message))
}
