package rules

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/report"
)

const doc = `taps: report taps that stay open

Water runs through an open tap. See also:

# Plumbing

Pipes.

# Incident

A cellar was flooded.

# Wrong

	tap.Open()

	drink()

# Right

	tap.Open()
	defer tap.Close()

# Advice

close the tap

# At run time

Look at the meter:

	watch meter

# Why it may be silent

Somebody else may close the tap.

# Audit

Taps that drip.

# Options

  - tier: audit adds taps that drip.

# Since

v0.1.0
`

var taps = &analysis.Analyzer{Name: "taps", Doc: doc, URL: "https://example.com/taps"}

func TestParse(t *testing.T) {
	r := Parse(taps)
	for _, s := range []struct{ got, want string }{
		{r.Title, "report taps that stay open"},
		{r.Text, "Water runs through an open tap. See also:\n\n# Plumbing\n\nPipes."},
		{r.Incident, "A cellar was flooded."},
		{r.Before, "\ttap.Open()\n\n\tdrink()"},
		{r.After, "\ttap.Open()\n\tdefer tap.Close()"},
		{r.Advice, "close the tap"},
		{r.AtRunTime, "Look at the meter:\n\n\twatch meter"},
		{r.Silent, "Somebody else may close the tap."},
		{r.Audit, "Taps that drip."},
		{r.Options, "  - tier: audit adds taps that drip."},
		{r.Since, "v0.1.0"},
	} {
		if s.got != s.want {
			t.Errorf("got %q, want %q", s.got, s.want)
		}
	}
}

func TestRender(t *testing.T) {
	const terminal = `taps: report taps that stay open

Water runs through an open tap. See also:

# Plumbing

Pipes.

Incident:

A cellar was flooded.

Wrong:

	tap.Open()

	drink()

Right:

	tap.Open()
	defer tap.Close()

What to do:

Close the tap.

At run time:

Look at the meter:

	watch meter

Why it may be silent:

Somebody else may close the tap.

Audit:

Taps that drip.

Options:

  - tier: audit adds taps that drip.

` + settings + `

Since:

v0.1.0

https://example.com/taps
`
	const markdown = "<!-- Generated from the analyzers' documentation; do not edit. -->\n\n" + `# taps

Reports taps that stay open.

Water runs through an open tap. See also:

## Plumbing

Pipes.

## Incident

A cellar was flooded.

## Wrong

` + "```go\ntap.Open()\n\ndrink()\n```" + `

## Right

` + "```go\ntap.Open()\ndefer tap.Close()\n```" + `

## What to do

Close the tap.

## At run time

Look at the meter:

	watch meter

## Why it may be silent

Somebody else may close the tap.

## Audit

Taps that drip.

## Options

  - tier: audit adds taps that drip.

Settings are keys of .leakvet.yaml, and flags of the same names: -tier=audit, or
under go vet -leakconfig.tier=audit. [docs/config.md](https://github.com/leakvet/leakvet/blob/main/docs/config.md) explains them, and those that
hold for all rules alike, such as rules, overrides and baseline. Rows of tables, which
the keys tables and table-files add, are in [docs/tables.md](https://github.com/leakvet/leakvet/blob/main/docs/tables.md), directives in
[docs/directives.md](https://github.com/leakvet/leakvet/blob/main/docs/directives.md).

## Since

v0.1.0
`
	if got := Parse(taps).Terminal(); got != terminal {
		t.Errorf("terminal: got\n%s", got)
	}
	if got := Parse(taps).Markdown(); got != markdown {
		t.Errorf("markdown: got\n%s", got)
	}
}

// TestSections: every rule's page has all sections. Other programs show a rule's
// advice beside a finding, and findings of the audit tier lead to what its page says
// of that.
func TestSections(t *testing.T) {
	for _, a := range analyzers.Rules() {
		r := Parse(a)
		if n := len(r.Advice); n == 0 || n > 100 || strings.ContainsAny(r.Advice, "\n") || strings.HasSuffix(r.Advice, ".") {
			t.Errorf("%s: the advice is not one line of at most 100 characters without a full stop: %q", r.Name, r.Advice)
		}
		for heading, s := range map[string]string{
			incident: r.Incident, wrong: r.Before, right: r.After, atRunTime: r.AtRunTime,
			silent: r.Silent, audit: r.Audit, options: r.Options, since: r.Since,
		} {
			if s == "" {
				t.Errorf("%s: nothing stands under %q", r.Name, heading)
			}
		}
		if strings.Contains(r.Text, "\n# ") {
			t.Errorf("%s: the text has a heading that is no section", r.Name)
		}
		ignore := "//leakvet:ignore " + r.Name + " "
		if a.Name != report.DirectiveRule && !strings.Contains(strings.Join(strings.Fields(r.Options), " "), ignore) {
			t.Errorf("%s: the options do not say how to ignore a finding", r.Name)
		}
		anchor := "## " + strings.TrimPrefix(report.AuditAnchor, "#") + "\n"
		if !strings.Contains(strings.ToLower(r.Markdown()), "\n"+anchor) {
			t.Errorf("%s: %s leads nowhere", r.Name, report.AuditAnchor)
		}
	}
}

// TestPages fails when a rule's page is not what its documentation makes.
func TestPages(t *testing.T) {
	for name, want := range Pages(analyzers.All()) {
		got, err := os.ReadFile(filepath.Join("..", "..", "..", "..", "docs", filepath.FromSlash(name)))
		if err != nil || string(got) != want {
			t.Errorf("docs/%s is stale (%v): run go generate ./cmd/...", name, err)
		}
	}
}
