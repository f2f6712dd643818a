// Package rules turns the documentation of analyzers into help for terminals
// and pages.
//
// An analyzer's Doc is "name: summary", a text, and sections under the headings
// "# Wrong", "# Right", "# Advice", "# Why it may be silent", "# Audit" and
// "# Since".
package rules

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/analysis"
	"honnef.co/go/tools/analysis/lint"
)

// Rule is one rule's documentation.
type Rule struct {
	lint.RawDocumentation
	Name   string
	URL    string
	Advice string // what to do, in one line
	Silent string // why it may be silent
	Audit  string // what the audit tier adds
}

// The headings of sections.
const (
	wrong  = "Wrong"
	right  = "Right"
	advice = "Advice"
	silent = "Why it may be silent"
	audit  = "Audit" // report.AuditAnchor leads there
	since  = "Since"
)

// Parse reads an analyzer's Doc. Headings that it does not know stay in the
// text.
func Parse(a *analysis.Analyzer) *Rule {
	title, body, _ := strings.Cut(a.Doc, "\n")
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
	for _, s := range []*string{&r.Text, &r.Before, &r.After, &r.Advice, &r.Silent, &r.Audit, &r.Since} {
		*s = strings.Trim(*s, "\n")
	}
	return r
}

func (r *Rule) section(heading string) *string {
	switch heading {
	case wrong:
		return &r.Before
	case right:
		return &r.After
	case advice:
		return &r.Advice
	case silent:
		return &r.Silent
	case audit:
		return &r.Audit
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
	}
	return b.String()
}

type section struct {
	heading, body string
	code          bool
}

// sections returns those that say something, in their order.
func (r *Rule) sections() []section {
	var list []section
	for _, s := range []section{
		{"", r.Text, false},
		{wrong, r.Before, true},
		{right, r.After, true},
		{"What to do", sentence(r.Advice), false},
		{silent, r.Silent, false},
		{audit, r.Audit, false},
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
