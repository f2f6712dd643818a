package render

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// github prints workflow commands, which GitHub Actions shows as annotations:
// https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
func github(w io.Writer, d *Document, o Options) error {
	words := map[finding.Severity]string{finding.Note: "notice", finding.Warning: "warning", finding.Error: "error"}
	p := &printer{w: w, options: o}
	src := make(sources)
	for _, f := range d.Report.Findings {
		where := "file=" + property(o.name(f.Pos.File))
		if f.Pos.Line > 0 {
			where += fmt.Sprintf(",line=%d", f.Pos.Line)
			if f.End.File == f.Pos.File && f.End.Line > 0 {
				where += fmt.Sprintf(",endLine=%d", f.End.Line)
			}
			where += fmt.Sprintf(",col=%d", src.column(f.Pos.File, f.Pos.Line, f.Pos.Column))
			// It refuses an end column on another line.
			if f.End.File == f.Pos.File && f.End.Line == f.Pos.Line && f.End.Column > f.Pos.Column {
				where += fmt.Sprintf(",endColumn=%d", src.column(f.End.File, f.End.Line, f.End.Column))
			}
		}
		message := f.Message
		for _, s := range f.Steps {
			message += "\n" + place(o.name(s.File), s.Position) + ": " + s.Message
		}
		if r := d.rule(f.Rule); r.Advice != "" {
			message += "\n" + r.Advice
		}
		p.printf("::%s %s,title=%s::%s\n", words[f.Severity], where, property("leakvet: "+f.Rule), data(message))
	}
	return p.err
}

// data escapes the text of a workflow command.
func data(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

// property escapes a property of a workflow command.
func property(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}

// The form that Checkstyle prints, which many services read.
type (
	xmlReport struct {
		XMLName xml.Name  `xml:"checkstyle"`
		Version string    `xml:"version,attr"`
		Files   []xmlFile `xml:"file"`
	}
	xmlFile struct {
		Name   string     `xml:"name,attr"`
		Errors []xmlError `xml:"error"`
	}
	xmlError struct {
		Line     int    `xml:"line,attr"`
		Column   int    `xml:"column,attr,omitempty"`
		Severity string `xml:"severity,attr"`
		Message  string `xml:"message,attr"`
		Source   string `xml:"source,attr"`
	}
)

// checkstyle prints the report in the form of Checkstyle.
func checkstyle(w io.Writer, d *Document, o Options) error {
	words := map[finding.Severity]string{finding.Note: "info", finding.Warning: "warning", finding.Error: "error"}
	report := xmlReport{Version: "5.0"}
	src := make(sources)
	for _, f := range d.Report.Findings {
		name := o.name(f.Pos.File)
		if n := len(report.Files); n == 0 || report.Files[n-1].Name != name {
			report.Files = append(report.Files, xmlFile{Name: name})
		}
		file := &report.Files[len(report.Files)-1]
		file.Errors = append(file.Errors, xmlError{
			Line: f.Pos.Line, Column: src.column(f.Pos.File, f.Pos.Line, f.Pos.Column), Severity: words[f.Severity],
			Message: f.Message, Source: "leakvet." + f.Rule,
		})
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// The form that GitLab's Code Quality reads:
// https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
type (
	gitlabIssue struct {
		Description string         `json:"description"`
		CheckName   string         `json:"check_name"`
		Fingerprint string         `json:"fingerprint"`
		Severity    string         `json:"severity"`
		Location    gitlabLocation `json:"location"`
	}
	gitlabLocation struct {
		Path  string      `json:"path"`
		Lines gitlabLines `json:"lines"`
	}
	gitlabLines struct {
		Begin int `json:"begin"`
	}
)

// gitlab prints the report for GitLab's Code Quality.
func gitlab(w io.Writer, d *Document, o Options) error {
	words := map[finding.Severity]string{finding.Note: "info", finding.Warning: "minor", finding.Error: "major"}
	issues := []gitlabIssue{}
	for _, f := range d.Report.Findings {
		issues = append(issues, gitlabIssue{
			Description: f.Message, CheckName: f.Rule, Fingerprint: f.Fingerprint().Hash(), Severity: words[f.Severity],
			Location: gitlabLocation{o.name(f.Pos.File), gitlabLines{f.Pos.Line}},
		})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(issues)
}
