// Package rules turns the documentation of analyzers into help for terminals
// and pages.
//
// An analyzer's Doc is "name: summary", a text, and sections under the headings
// "# Incident", "# Wrong", "# Right", "# Advice", "# At run time", "# Why it may be
// silent", "# Audit", "# Options" and "# Since". The suite's incidents are in files
// of this package: analyzers name no project.
package rules

import (
	"embed"
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/lint"
)

// Rule is one rule's documentation.
type Rule struct {
	lint.RawDocumentation
	Name      string
	URL       string
	Incident  string // what a leak of this kind has done to somebody
	Advice    string // what to do, in one line
	AtRunTime string // what shows the leak while a program runs
	Silent    string // why it may be silent
	Audit     string // what the audit tier adds
	Options   string // the settings and directives that change what it says
}

// The headings of sections.
const (
	incident  = "Incident"
	wrong     = "Wrong"
	right     = "Right"
	advice    = "Advice"
	atRunTime = "At run time"
	silent    = "Why it may be silent"
	audit     = "Audit" // report.AuditAnchor leads there
	options   = "Options"
	since     = "Since"
)

//go:embed incidents/*.txt
var incidents embed.FS

// Parse reads an analyzer's Doc, and what there is under incidents for its rule.
// Headings that it does not know stay in the text.
func Parse(a *analysis.Analyzer) *Rule {
	title, body, _ := strings.Cut(a.Doc, "\n")
	if data, err := incidents.ReadFile("incidents/" + a.Name + ".txt"); err == nil {
		body += "\n" + string(data)
	}
	r := &Rule{Name: a.Name, URL: a.URL}
	r.Title = strings.TrimSpace(strings.TrimPrefix(title, a.Name+":"))
	section := &r.Text
	for line := range strings.Lines(body) {
		if heading, ok := strings.CutPrefix(line, "# "); ok {
			if s := r.section(strings.TrimSpace(heading)); s != nil {
				section = s
				continue
			}
		}
		*section += line
	}
	for _, s := range []*string{
		&r.Text, &r.Incident, &r.Before, &r.After, &r.Advice, &r.AtRunTime, &r.Silent, &r.Audit, &r.Options, &r.Since,
	} {
		*s = strings.Trim(*s, "\n")
	}
	return r
}

func (r *Rule) section(heading string) *string {
	switch heading {
	case incident:
		return &r.Incident
	case wrong:
		return &r.Before
	case right:
		return &r.After
	case advice:
		return &r.Advice
	case atRunTime:
		return &r.AtRunTime
	case silent:
		return &r.Silent
	case audit:
		return &r.Audit
	case options:
		return &r.Options
	case since:
		return &r.Since
	}
	return nil
}

// Terminal returns the rule's help for a terminal.
func (r *Rule) Terminal() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n", r.Name, r.Title)
	for _, s := range r.sections() {
		if s.heading != "" {
			fmt.Fprintf(&b, "\n%s:\n", s.heading)
		}
		fmt.Fprintf(&b, "\n%s\n", s.body)
		if s.heading == options {
			fmt.Fprintf(&b, "\n%s\n", settings)
		}
	}
	if r.URL != "" {
		fmt.Fprintf(&b, "\n%s\n", r.URL)
	}
	return b.String()
}

// Markdown returns the rule's page.
func (r *Rule) Markdown() string {
	var b strings.Builder
	b.WriteString(generated)
	fmt.Fprintf(&b, "# %s\n\nReports %s.\n", r.Name, strings.TrimPrefix(r.Title, "report "))
	for _, s := range r.sections() {
		if s.heading != "" {
			fmt.Fprintf(&b, "\n## %s\n", s.heading)
		}
		if s.code {
			fmt.Fprintf(&b, "\n```go\n%s\n```\n", unindent(s.body))
		} else {
			// The text's own headings come below the page's.
			fmt.Fprintf(&b, "%s\n", strings.ReplaceAll("\n"+s.body, "\n# ", "\n## "))
		}
		if s.heading == options {
			fmt.Fprintf(&b, "\n%s\n", links.Replace(settings))
		}
	}
	return b.String()
}

// settings says how to set the options of any rule.
const settings = `Settings are keys of .leakvet.yaml, and flags of the same names: -tier=audit, or
under go vet -leakconfig.tier=audit. docs/config.md explains them, and those that
hold for all rules alike, such as rules, overrides and baseline. Rows of tables, which
the keys tables and table-files add, are in docs/tables.md, directives in
docs/directives.md.`

// links makes links of the pages that settings names. They are absolute, for the
// page is shown in other places, too.
var links = strings.NewReplacer(
	"docs/config.md", "[docs/config.md]("+docs+"config.md)",
	"docs/tables.md", "[docs/tables.md]("+docs+"tables.md)",
	"docs/directives.md", "[docs/directives.md]("+docs+"directives.md)",
)

// docs is where pages are to be read.
const docs = "https://github.com/leakvet/leakvet/blob/main/docs/"

type section struct {
	heading, body string
	code          bool
}

// sections returns those that say something, in their order.
func (r *Rule) sections() []section {
	var list []section
	for _, s := range []section{
		{"", r.Text, false},
		{incident, r.Incident, false},
		{wrong, r.Before, true},
		{right, r.After, true},
		{"What to do", sentence(r.Advice), false},
		{atRunTime, r.AtRunTime, false},
		{silent, r.Silent, false},
		{audit, r.Audit, false},
		{options, r.Options, false},
		{since, r.Since, false},
	} {
		if s.body != "" {
			list = append(list, s)
		}
	}
	return list
}

// sentence makes an advice a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// unindent takes one tab off every line.
func unindent(s string) string {
	return strings.TrimPrefix(strings.ReplaceAll("\n"+s, "\n\t", "\n"), "\n")
}
