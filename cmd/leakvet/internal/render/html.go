package render

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"io"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// page is the report's page; what it shows takes the place of pageData.
//
//go:embed page.html
var page []byte

var pageData = []byte("null/*data*/")

// around is how many lines of source are shown before and behind a finding.
const around = 4

type (
	pageDocument struct {
		Title    string        `json:"title"`
		Version  string        `json:"version"`
		Rules    []pageRule    `json:"rules"`
		Findings []pageFinding `json:"findings"`
		Problems []string      `json:"problems"`
	}
	pageRule struct {
		Name   string `json:"name"`
		Title  string `json:"title"`
		Advice string `json:"advice"`
		URL    string `json:"url"`
	}
	pageFinding struct {
		jsonFinding
		Lines []pageLine `json:"lines"` // of the source around it
		Mark  pageMark   `json:"mark"`
		Way   []pageStep `json:"way"`
		Fix   string     `json:"fix,omitempty"`
	}
	pageLine struct {
		Number int    `json:"n"`
		Text   string `json:"text"`
	}
	pageMark struct { // in characters, from 0, on the finding's line
		Start int `json:"start"`
		End   int `json:"end"`
	}
	pageStep struct {
		jsonStep
		Source string `json:"source"`
	}
)

// HTML prints a page to read the document in a browser: one file that loads
// nothing. The title says what was analysed.
func HTML(w io.Writer, d *Document, o Options, title string) error {
	src := make(sources)
	doc := pageDocument{Title: title, Version: d.Version, Rules: []pageRule{}, Findings: []pageFinding{}, Problems: append([]string{}, d.Problems...)}
	for _, f := range d.Report.Failures {
		doc.Problems = append(doc.Problems, f.Rule+" on "+f.Package+": "+f.Message)
	}
	for _, r := range d.Rules {
		doc.Rules = append(doc.Rules, pageRule{r.Name, r.Title, r.Advice, r.URL})
	}
	for _, f := range d.Report.Findings {
		doc.Findings = append(doc.Findings, o.pageFinding(f, src))
	}
	// Marshal escapes what could end the script element.
	data, err := json.Marshal(doc)
	if err != nil {
		return err
	}
	_, err = w.Write(bytes.Replace(page, pageData, data, 1))
	return err
}

func (o Options) pageFinding(f finding.Finding, src sources) pageFinding {
	p := pageFinding{jsonFinding: o.json(f), Lines: []pageLine{}, Way: []pageStep{}}
	for n := f.Pos.Line - around; n <= f.Pos.Line+around; n++ {
		if n >= 1 && n <= len(src.lines(f.Pos.File)) {
			p.Lines = append(p.Lines, pageLine{n, src.line(f.Pos.File, n)})
		}
	}
	p.Mark.Start = max(src.column(f.Pos.File, f.Pos.Line, f.Pos.Column)-1, 0)
	p.Mark.End = len([]rune(src.line(f.Pos.File, f.Pos.Line)))
	if f.End.File == f.Pos.File && f.End.Line == f.Pos.Line && f.End.Column > f.Pos.Column {
		p.Mark.End = src.column(f.Pos.File, f.Pos.Line, f.End.Column) - 1
	}
	for i, s := range f.Steps {
		p.Way = append(p.Way, pageStep{p.Steps[i], src.line(s.File, s.Line)})
	}
	p.Steps = nil
	if len(f.Fixes) > 0 {
		p.Fix = f.Fixes[0].Message
	}
	p.Fixes = nil
	return p
}
