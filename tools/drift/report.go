package main

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// report is what a run found.
type report struct {
	libs     []*library // sorted by path
	fixtures []string   // what does not compile, sorted
}

// holds reports whether all rows and fixtures hold.
func (r report) holds() bool {
	return len(r.fixtures) == 0 && !slices.ContainsFunc(r.libs, func(l *library) bool { return len(l.rows) > 0 })
}

// changes returns what differs from the required version, in words.
func (l *library) changes() []string {
	var lines []string
	for _, row := range l.rows {
		lines = append(lines, "row does not hold: "+row)
	}
	if l.newest == "" {
		lines = append(lines, "the go command cannot tell which version is newest")
	} else if l.kept != "" {
		lines = append(lines, "not checked with its newest version: "+l.kept)
	}
	for _, key := range l.deprecated {
		lines = append(lines, "newly deprecated: "+key)
	}
	for _, path := range l.majors {
		lines = append(lines, "no row speaks of "+path)
	}
	if l.notice != "" {
		lines = append(lines, "its authors say: "+notice(l.notice))
	}
	return lines
}

// notice returns the first line of a notice.
func notice(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSpace(s)
}

// print writes the report as text: a line for each thing that differs.
func (r report) print(w io.Writer) {
	rows, behind, wrong := 0, 0, 0
	for _, l := range r.libs {
		rows += l.Rows
		wrong += len(l.rows)
		if l.newest != "" && l.newest != l.Version {
			behind++
			fmt.Fprintf(w, "%s: %s is required, %s is newest, rows are held to %s\n", l.Path, l.Version, l.newest, l.tried)
		}
		for _, line := range l.changes() {
			fmt.Fprintf(w, "%s: %s\n", l.Path, line)
		}
	}
	for _, line := range r.fixtures {
		fmt.Fprintf(w, "fixture does not compile: %s\n", line)
	}
	fmt.Fprintf(w, "%d rows on %d modules, %d of them behind: %d rows and %d fixtures do not hold\n",
		rows, len(r.libs), behind, wrong, len(r.fixtures))
}

const intro = `# Library versions

Each row of the [tables](tables.md) on these modules is held to the version under *checked*: its packages, functions, types, fields and parameters are there, and so is what the rules' fixtures use. Nothing here speaks of other versions; a row on what a version lacks does nothing.

`

// page returns docs/libraries.md.
func (r report) page(now time.Time) []byte {
	var b bytes.Buffer
	b.WriteString(intro)
	fmt.Fprintf(&b, "`make drift` compares them with the newest; on %s that was:\n\n", now.UTC().Format(time.DateOnly))
	b.WriteString("| module | checked | rows | newest | what differs |\n|---|---|---|---|---|\n")
	for _, l := range r.libs {
		changes := l.changes()
		if len(l.rows) == 0 && l.tried != l.Version {
			changes = append([]string{"all rows hold with " + l.tried}, changes...)
		}
		newest := l.newest
		if newest == "" {
			newest = "unknown"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %d | %s | %s |\n", l.Path, l.Version, l.Rows, newest, cell(strings.Join(changes, "; ")))
	}
	if len(r.fixtures) > 0 {
		b.WriteString("\nFixtures that do not compile with the newest versions:\n\n")
		for _, line := range r.fixtures {
			fmt.Fprintf(&b, "- %s\n", line)
		}
	}
	return b.Bytes()
}

// cell returns text as a table's cell holds it.
func cell(s string) string { return strings.NewReplacer("|", `\|`, "*", `\*`, "<", "&lt;").Replace(s) }
