package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/page"
)

// verdicts is what is on record: names of fixes to columns to verdicts.
type verdicts map[string]map[string]string

// unknown stands for a verdict that nobody has got.
const unknown = "unknown"

func (vs verdicts) set(fix, column, verdict string) {
	if vs[fix] == nil {
		vs[fix] = map[string]string{}
	}
	vs[fix][column] = verdict
}

func (vs verdicts) of(fix, column string) string {
	if v := vs[fix][column]; v != "" {
		return v
	}
	return unknown
}

func (vs verdicts) clone() verdicts {
	c := verdicts{}
	for name, row := range vs {
		c[name] = maps.Clone(row)
	}
	return c
}

// format returns the text of a record of the fixes.
func (vs verdicts) format(fixes []fix) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# What tools make of the fixes: found at the parent and silent at the fix, still told there, missed, or broken.\n# fix\t%s\n", strings.Join(columnNames(), "\t"))
	for _, f := range fixes {
		b.WriteString(f.name())
		for _, c := range columnNames() {
			b.WriteString("\t" + vs.of(f.name(), c))
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// diff writes where two records of the fixes differ and reports whether they are the
// same.
func (vs verdicts) diff(w io.Writer, now verdicts, fixes []fix) bool {
	same := true
	for _, f := range fixes {
		for _, c := range columnNames() {
			if a, b := vs.of(f.name(), c), now.of(f.name(), c); a != b {
				same = false
				fmt.Fprintf(w, "%s: %s: %s, was %s\n", f.name(), c, b, a)
			}
		}
	}
	return same
}

// readRecord reads a record; there need not be one. A malformed line is an error with
// its number.
func readRecord(name string) (verdicts, error) {
	data, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	vs := verdicts{}
	columns := columnNames()
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		c := strings.Split(line, "\t")
		if len(c) != 1+len(columns) {
			return nil, fmt.Errorf("%s:%d: %d columns, want %d", name, n, len(c), 1+len(columns))
		}
		for i, column := range columns {
			if !slices.Contains([]string{found.String(), still.String(), missed.String(), broken.String(), unknown}, c[i+1]) {
				return nil, fmt.Errorf("%s:%d: unknown verdict %q", name, n, c[i+1])
			}
			vs.set(c[0], column, c[i+1])
		}
	}
	return vs, nil
}

// writeTables writes the tables of the page from the record.
func writeTables() error { return page.Rewrite(document, withTables) }

func withTables(text string) (string, error) {
	development, elsewhere, err := readAll()
	if err != nil {
		return "", err
	}
	vs, err := readRecord(recordFile)
	if err != nil {
		return "", err
	}
	return page.With(text, "recall", []page.Table{
		{Name: "fixes", Rows: kindTable(development, vs)},
		{Name: "tools", Rows: toolTable(development, vs)},
		{Name: "elsewhere", Rows: fixTable(elsewhere, vs)},
	})
}

// rivalNames are the columns that are not leakvet's.
func rivalNames() []string { return columnNames()[2:] }

// kindTable counts the fixes that are found by kinds of leak.
func kindTable(fixes []fix, vs verdicts) string {
	var b strings.Builder
	b.WriteString("| kind of leak | fixes | default | audit | rivals together |\n|---|--:|--:|--:|--:|\n")
	row := func(title string, of func(fix) bool) {
		n, byDefault, byAudit, byRivals := 0, 0, 0, 0
		for _, f := range fixes {
			if !of(f) {
				continue
			}
			n++
			is := func(column string) bool { return vs.of(f.name(), column) == found.String() }
			byDefault += count(is("default"))
			byAudit += count(is("audit"))
			byRivals += count(slices.ContainsFunc(rivalNames(), is))
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", title, n, byDefault, byAudit, byRivals)
	}
	for _, k := range kinds {
		row(k.title, func(f fix) bool { return f.kind == k.name })
	}
	row("all", func(fix) bool { return true })
	row("all that have a rule, and that a static tool can know", func(f fix) bool {
		return !kindOf(f.kind).unruled && f.reach != "dynamic"
	})
	return b.String()
}

// fixTable has a row for each fix, and one for all of which both commits loaded.
func fixTable(fixes []fix, vs verdicts) string {
	var b strings.Builder
	loaded, byDefault, byAudit, byRivals := 0, 0, 0, 0
	b.WriteString("| fix | kind of leak | default | audit | rivals that find it |\n|---|---|---|---|---|\n")
	for _, f := range fixes {
		is := func(column string) bool { return vs.of(f.name(), column) == found.String() }
		rivals := slices.DeleteFunc(rivalNames(), func(column string) bool { return !is(column) })
		loaded += count(vs.of(f.name(), "default") != broken.String())
		byDefault += count(is("default"))
		byAudit += count(is("audit"))
		byRivals += count(len(rivals) > 0)
		file := path.Join(path.Base(path.Dir(f.before.file)), path.Base(f.before.file))
		fmt.Fprintf(&b, "| %s %.12s, %s:%d | %s | %s | %s | %s |\n", f.repository, f.after.commit, file, f.before.first,
			strings.TrimPrefix(kindOf(f.kind).title, "*for which there is no rule*: "), vs.of(f.name(), "default"), vs.of(f.name(), "audit"), strings.Join(rivals, ", "))
	}
	fmt.Fprintf(&b, "| all that load: %d | | %d | %d | %d |\n", loaded, byDefault, byAudit, byRivals)
	return b.String()
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// toolTable counts the verdicts by tools.
func toolTable(fixes []fix, vs verdicts) string {
	var b strings.Builder
	b.WriteString("| tool | found | still told at the fix | missed | broken |\n|---|--:|--:|--:|--:|\n")
	for _, c := range columnNames() {
		n := map[string]int{}
		for _, f := range fixes {
			n[vs.of(f.name(), c)]++
		}
		title := c
		if !slices.Contains(rivalNames(), c) {
			title = "leakvet, " + c + " tier"
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", title, n["found"], n["still"], n["missed"], n["broken"]+n[unknown])
	}
	return b.String()
}
