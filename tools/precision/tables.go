package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/record"
)

// sampleSize is how many findings of a rule are read in a project.
const sampleSize = 60

// sampleOf returns the entries of one project that are to be read: all of a rule,
// or as many as sampleSize, chosen by a hash of what they say, so that the choice
// is nobody's and stays the same.
func sampleOf(entries []record.Entry) []record.Entry {
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
		for _, e := range es[:min(sampleSize, len(es))] {
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

// The tables stand between these lines of the page.
const (
	tablesBegin = "<!-- written by go run ./precision -tables -->\n"
	tablesEnd   = "<!-- end -->\n"
)

// writeTables writes the tables of the page from what is on record.
func writeTables(projects []project) error {
	page, err := os.ReadFile(document)
	if err != nil {
		return err
	}
	page, err = withTables(page, projects)
	if err != nil {
		return err
	}
	return os.WriteFile(document, page, 0o666)
}

// withTables returns the page with the tables made anew.
func withTables(page []byte, projects []project) ([]byte, error) {
	before, rest, ok := strings.Cut(string(page), tablesBegin)
	_, after, ok2 := strings.Cut(rest, tablesEnd)
	if !ok || !ok2 {
		return nil, fmt.Errorf("%s has no place for the tables", document)
	}
	records := make([]record.File, len(projects))
	for i, p := range projects {
		r, err := p.record()
		if err != nil {
			return nil, err
		}
		records[i] = r
	}
	return []byte(before + tablesBegin + tables(projects, records) + tablesEnd + after), nil
}

// tables returns a table by rules and one by projects and rules.
func tables(projects []project, records []record.File) string {
	rules := map[string]*count{}
	outside := map[string]*count{}
	var all, allOutside count
	var perProject strings.Builder
	for i, p := range projects {
		byRule := map[string]*count{}
		for _, e := range records[i].Entries {
			for _, m := range []map[string]*count{rules, outside, byRule} {
				if m[e.Rule] == nil {
					m[e.Rule] = new(count)
				}
			}
			rules[e.Rule].add(e)
			byRule[e.Rule].add(e)
			all.add(e)
			if !strings.HasSuffix(e.File, "_test.go") {
				outside[e.Rule].add(e)
				allOutside.add(e)
			}
		}
		for _, rule := range sortedKeys(byRule) {
			byRule[rule].row(&perProject, p.repository, fmt.Sprintf("%.12s", p.commit), rule)
		}
		if len(byRule) == 0 {
			new(count).row(&perProject, p.repository, fmt.Sprintf("%.12s", p.commit), "none")
		}
	}
	var b strings.Builder
	b.WriteString("| rule | findings | read | true | arguable | false |\n|---|--:|--:|--:|--:|--:|\n")
	for _, rule := range sortedKeys(rules) {
		rules[rule].row(&b, rule)
		if n := outside[rule]; n.found > 0 && n.found < rules[rule].found {
			n.row(&b, rule+", outside tests")
		}
	}
	all.row(&b, "all")
	allOutside.row(&b, "all, outside tests")
	b.WriteString("\n| project | commit | rule | findings | read | true | arguable | false |\n|---|---|---|--:|--:|--:|--:|--:|\n")
	b.WriteString(perProject.String())
	return b.String()
}

func sortedKeys(m map[string]*count) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
