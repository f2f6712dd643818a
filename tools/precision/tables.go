package main

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/page"
	"github.com/leakvet/leakvet/tools/internal/record"
)

// How many findings of a rule are read at most, in a project and of a rival in all.
const (
	projectSample = 60
	rivalSample   = 40
)

// sampleOf returns the entries that are to be read: of each rule all, or as many as
// size, chosen by a hash of what they say, so that the choice is nobody's and stays
// the same.
func sampleOf(entries []record.Entry, size int) []record.Entry {
	byRule := map[string][]record.Entry{}
	for _, e := range entries {
		byRule[e.Rule] = append(byRule[e.Rule], e)
	}
	chosen := map[record.Entry]bool{}
	for _, es := range byRule {
		slices.SortFunc(es, func(a, b record.Entry) int {
			x, y := hash(a), hash(b)
			return bytes.Compare(x[:], y[:])
		})
		for _, e := range es[:min(size, len(es))] {
			chosen[e] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(entries), func(e record.Entry) bool { return !chosen[e] })
}

func hash(e record.Entry) [sha256.Size]byte {
	return sha256.Sum256(fmt.Appendf(nil, "%s %s:%d %s", e.Rule, e.File, e.Line, e.Message))
}

// count is what readers said of some findings.
type count struct {
	found int
	said  map[record.Verdict]int
}

func (c *count) add(e record.Entry) {
	if c.said == nil {
		c.said = map[record.Verdict]int{}
	}
	c.found++
	c.said[e.Verdict]++
}

func (c *count) row(w *strings.Builder, names ...string) {
	fmt.Fprintf(w, "| %s | %d | %d | %d | %d | %d |\n", strings.Join(names, " | "), c.found, c.found-c.said[record.Unread],
		c.said[record.True], c.said[record.Arguable], c.said[record.False])
}

// writeTables writes the tables of the page from what is on record.
func writeTables(_ io.Writer, o options) (bool, error) {
	if len(o.only) > 0 {
		return false, errors.New("the tables are of all projects")
	}
	projects, err := o.projects()
	if err != nil {
		return false, err
	}
	text, err := os.ReadFile(document)
	if err != nil {
		return false, err
	}
	text, err = withTables(text, projects)
	if err != nil {
		return false, err
	}
	return true, os.WriteFile(document, text, 0o666)
}

// withTables returns the page with the tables made anew.
func withTables(text []byte, projects []project) ([]byte, error) {
	records := make(map[string]record.File)
	for _, p := range projects {
		r, err := read(p.file())
		if err != nil {
			return nil, err
		}
		records[p.repository] = r
	}
	rivals, err := read(rivalsFile)
	if err != nil {
		return nil, err
	}
	required, err := read(requiredFile)
	if err != nil {
		return nil, err
	}
	written, err := page.With(string(text), "precision", []page.Table{
		{Name: "rules", Rows: ruleTable(records)},
		{Name: "projects", Rows: projectTable(projects, records)},
		{Name: "required", Rows: ruleTable(map[string]record.File{"": required})},
		{Name: "rivals", Rows: rivalTable(rivals, records)},
	})
	return []byte(written), err
}

const (
	countTitles = " findings | read | true | arguable | false |\n"
	countRule   = "--:|--:|--:|--:|--:|\n"
)

// counts sums up by name.
type counts map[string]*count

func (c counts) add(name string, e record.Entry) {
	if c[name] == nil {
		c[name] = new(count)
	}
	c[name].add(e)
}

func isTest(e record.Entry) bool { return strings.HasSuffix(e.File, "_test.go") }

// ruleTable sums up the records by rules.
func ruleTable(records map[string]record.File) string {
	const all, outside = "all", ", outside tests"
	rows := counts{}
	rules := map[string]bool{}
	for _, r := range records {
		for _, e := range r.Entries {
			rules[e.Rule] = true
			for _, name := range []string{e.Rule, all} {
				rows.add(name, e)
				if !isTest(e) {
					rows.add(name+outside, e)
				}
			}
		}
	}
	var b strings.Builder
	b.WriteString("| rule |" + countTitles + "|---|" + countRule)
	for _, rule := range append(slices.Sorted(maps.Keys(rules)), all) {
		for _, name := range []string{rule, rule + outside} {
			if n := rows[name]; n != nil && (name == rule || n.found < rows[rule].found) {
				n.row(&b, name)
			}
		}
	}
	return b.String()
}

// projectTable sums up the records by projects and rules.
func projectTable(projects []project, records map[string]record.File) string {
	var b strings.Builder
	b.WriteString("| project | commit | rule |" + countTitles + "|---|---|---|" + countRule)
	for _, p := range projects {
		rows := counts{}
		for _, e := range records[p.repository].Entries {
			rows.add(e.Rule, e)
		}
		commit := fmt.Sprintf("%.12s", p.commit)
		for _, rule := range slices.Sorted(maps.Keys(rows)) {
			rows[rule].row(&b, p.repository, commit, rule)
		}
		if len(rows) == 0 {
			new(count).row(&b, p.repository, commit, "none")
		}
	}
	return b.String()
}

// rivalTable sums up what the rivals find, and leakvet in the same packages.
func rivalTable(rivals record.File, records map[string]record.File) string {
	const own = "leakvet"
	rows := counts{own: new(count)}
	for _, repository := range rivalProjects {
		for _, e := range records[repository].Entries {
			if !isTest(e) {
				rows.add(own, e)
			}
		}
	}
	for _, e := range rivals.Entries {
		rows.add(e.Rule, e)
	}
	var b strings.Builder
	b.WriteString("| tool |" + countTitles + "|---|" + countRule)
	for _, tool := range slices.Sorted(maps.Keys(rows)) {
		rows[tool].row(&b, tool)
	}
	return b.String()
}
