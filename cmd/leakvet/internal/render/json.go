package render

import (
	"encoding/json"
	"io"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// FormatVersion counts the incompatible changes of the JSON form.
const FormatVersion = 1

// FormatDoc describes the JSON form to those who read it.
const FormatDoc = `leakvet -format=json prints one object:

	version   the version of this format: 1
	tool      the version of leakvet
	findings  what was found, sorted by file, line, column, rule and message:
	  rule       the rule's name
	  severity   note, warning or error
	  tier       default, or audit if it needs judgement
	  message    what leaks and where
	  package    the import path of the package
	  function   the declaration that it lies in
	  subject    what it is about: the function called and what its results
	             are called, or an expression
	  fingerprint  stays the same when lines move and files are renamed
	  file       relative to the current directory if near it, with slashes
	  line, column          where; both count from 1, columns in bytes
	  endLine, endColumn    where what is meant ends; absent if unknown
	  category   a finer division of the rule, if it has one
	  steps      the way to the leak, each with file, line, column, message;
	             the column is 0 in files of other packages
	  fixes      changes that would mend it, the safest first, each with
	    message    what it does
	    edits      each with file, start, end (offsets in bytes) and new text
	failures  rules that failed, each with rule, package and message
	problems  why the run is incomplete, if it is: texts
	stats     with -stats, what the analysis cost: units, time, memory, and lists
	          rules, phases and packages; times in nanoseconds, memory in bytes

New fields may be added without a new version. The exit code is 0 if there
are no findings, 1 if there are, 2 if there are failures or problems.
`

type jsonDocument struct {
	Version  int           `json:"version"`
	Tool     string        `json:"tool"`
	Findings []jsonFinding `json:"findings"`
	Failures []jsonFailure `json:"failures"`
	Problems []string      `json:"problems"`
	Stats    *stats.Report `json:"stats,omitempty"`
}

type jsonPosition struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type jsonFinding struct {
	Rule        string `json:"rule"`
	Severity    string `json:"severity"`
	Tier        string `json:"tier"`
	Message     string `json:"message"`
	Package     string `json:"package"`
	Function    string `json:"function"`
	Subject     string `json:"subject"`
	Fingerprint string `json:"fingerprint"`
	Category    string `json:"category,omitempty"`
	jsonPosition
	EndLine   int        `json:"endLine,omitempty"`
	EndColumn int        `json:"endColumn,omitempty"`
	Steps     []jsonStep `json:"steps,omitempty"`
	Fixes     []jsonFix  `json:"fixes,omitempty"`
}

type jsonStep struct {
	jsonPosition
	Message string `json:"message"`
}

type jsonFix struct {
	Message string     `json:"message"`
	Edits   []jsonEdit `json:"edits"`
}

type jsonEdit struct {
	File  string `json:"file"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	New   string `json:"new"`
}

type jsonFailure struct {
	Rule    string `json:"rule"`
	Package string `json:"package"`
	Message string `json:"message"`
}

// writeJSON prints the document in the form that FormatDoc describes.
func writeJSON(w io.Writer, d *Document, o Options) error {
	doc := jsonDocument{
		Version:  FormatVersion,
		Tool:     d.Version,
		Findings: []jsonFinding{},
		Failures: []jsonFailure{},
		Problems: append([]string{}, d.Problems...),
		Stats:    d.Stats,
	}
	r := d.Report
	for _, f := range r.Findings {
		doc.Findings = append(doc.Findings, o.json(f))
	}
	for _, f := range r.Failures {
		doc.Failures = append(doc.Failures, jsonFailure{Rule: f.Rule, Package: f.Package, Message: f.Message})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(doc)
}

func (o Options) json(f finding.Finding) jsonFinding {
	j := jsonFinding{
		Rule:         f.Rule,
		Severity:     f.Severity.String(),
		Tier:         tier(f),
		Message:      f.Message,
		Package:      f.Package,
		Function:     f.Function,
		Subject:      f.Subject,
		Fingerprint:  f.Fingerprint().Hash(),
		jsonPosition: o.jsonPosition(f.Pos),
	}
	if f.Category != f.Rule {
		j.Category = f.Category
	}
	if f.End.File == f.Pos.File && f.End != f.Pos {
		j.EndLine, j.EndColumn = f.End.Line, f.End.Column
	}
	for _, s := range f.Steps {
		j.Steps = append(j.Steps, jsonStep{o.jsonPosition(s.Position), s.Message})
	}
	for _, fix := range f.Fixes {
		jf := jsonFix{Message: fix.Message, Edits: []jsonEdit{}}
		for _, e := range fix.Edits {
			jf.Edits = append(jf.Edits, jsonEdit{o.name(e.File), e.Start, e.End, e.New})
		}
		j.Fixes = append(j.Fixes, jf)
	}
	return j
}

func tier(f finding.Finding) string {
	if f.Audit {
		return leakconfig.Audit.String()
	}
	return leakconfig.Default.String()
}

func (o Options) jsonPosition(p finding.Position) jsonPosition {
	return jsonPosition{o.name(p.File), p.Line, p.Column}
}
