package render

import (
	"encoding/json"
	"io"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// FormatVersion counts the incompatible changes of the JSON form.
const FormatVersion = 1

// FormatDoc describes the JSON form to those who read it.
const FormatDoc = `leakvet -json prints one object:

	version   the version of this format: 1
	findings  what was found, sorted by file, line, column, rule and message:
	  rule       the rule's name
	  message    what leaks and where
	  package    the import path of the package
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

New fields may be added without a new version. The exit code is 0 if there
are no findings, 1 if there are, 2 if there are failures or problems.
`

type document struct {
	Version  int           `json:"version"`
	Findings []jsonFinding `json:"findings"`
	Failures []jsonFailure `json:"failures"`
	Problems []string      `json:"problems"`
}

type jsonPosition struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

type jsonFinding struct {
	Rule     string `json:"rule"`
	Message  string `json:"message"`
	Package  string `json:"package"`
	Category string `json:"category,omitempty"`
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

// JSON prints the report in the form that FormatDoc describes.
func JSON(w io.Writer, r *finding.Report, problems []string, o Options) error {
	doc := document{
		Version:  FormatVersion,
		Findings: []jsonFinding{},
		Failures: []jsonFailure{},
		Problems: append([]string{}, problems...),
	}
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
		Message:      f.Message,
		Package:      f.Package,
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

func (o Options) jsonPosition(p finding.Position) jsonPosition {
	return jsonPosition{o.name(p.File), p.Line, p.Column}
}
