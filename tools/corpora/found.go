package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/page"
)

// Who tells of a line alone.
const (
	theirs = "theirs"
	ours   = "ours"
	both   = "both" // the number of lines that both tell of
)

// unread stands for a reason that nobody has given.
const unread = "unread"

// alone is a line that one side alone tells of.
type alone struct {
	corpus, who string
	told
	reason string
}

func (a alone) key() string {
	return strings.Join([]string{a.corpus, a.who, a.position(), a.what}, "\t")
}

// found is what is on record.
type found struct {
	both  map[string]int // by corpus
	alone []alone
}

func newRecord() *found { return &found{both: map[string]int{}} }

// add compares, unit by unit, what is expected with what is found.
func (r *found) add(corpus string, expected, findings []told) {
	r.both[corpus] += 0
	left := map[string]int{}
	for _, t := range findings {
		left[t.unit]++
	}
	agreed := map[string]int{}
	for _, t := range expected {
		if left[t.unit] > 0 {
			left[t.unit]--
			agreed[t.unit]++
			r.both[corpus]++
		} else {
			r.alone = append(r.alone, alone{corpus, theirs, t, unread})
		}
	}
	for _, t := range findings {
		if agreed[t.unit] > 0 {
			agreed[t.unit]--
		} else {
			r.alone = append(r.alone, alone{corpus, ours, t, unread})
		}
	}
}

// sort sorts as the table does, then theirs first, then by position.
func (r *found) sort() {
	slices.SortStableFunc(r.alone, func(a, b alone) int {
		return cmp.Or(cmp.Compare(index(a.corpus), index(b.corpus)), cmp.Compare(b.who, a.who),
			cmp.Compare(a.file, b.file), cmp.Compare(a.line, b.line))
	})
}

func index(name string) int {
	return slices.IndexFunc(corpora, func(c corpus) bool { return c.name == name })
}

// keep takes over the reasons of an old record.
func (r *found) keep(old *found) {
	reasons := map[string]string{}
	for _, a := range old.alone {
		reasons[a.key()] = a.reason
	}
	for i, a := range r.alone {
		r.alone[i].reason = cmp.Or(reasons[a.key()], unread)
	}
}

// lines returns the record's lines with reasons or without.
func (r *found) lines(reasons bool) []string {
	var lines []string
	for _, c := range corpora {
		n, ok := r.both[c.name]
		if !ok {
			continue
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%d", c.name, both, n))
		for _, a := range r.alone {
			if a.corpus == c.name {
				line := a.key()
				if reasons {
					line += "\t" + a.reason
				}
				lines = append(lines, line)
			}
		}
	}
	return lines
}

// format returns the text of the record.
func (r *found) format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Where leakvet and what authors of other tools expect differ: by corpus, the number of lines that both tell of,\n"+
		"# then those that one tells of alone. Positions are in the data that corpora.txt names.\n"+
		"# corpus\t%s or %s\tposition\trule, or their words\treason\n", theirs, ours)
	for _, line := range r.lines(true) {
		b.WriteString(line + "\n")
	}
	return b.Bytes()
}

// diff writes where two records differ and reports whether they are the same.
func (r *found) diff(w io.Writer, now *found) bool {
	same := true
	minus := func(sign string, from, without []string) {
		for _, line := range from {
			if !slices.Contains(without, line) {
				same = false
				fmt.Fprintln(w, sign, line)
			}
		}
	}
	a, b := r.lines(false), now.lines(false)
	minus("-", a, b)
	minus("+", b, a)
	return same
}

// readRecord reads a record; there need not be one. A malformed line is an error with
// its number.
func readRecord(name string) (*found, error) {
	text, err := os.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	r := newRecord()
	n := 0
	for line := range strings.Lines(string(text)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		if err := r.parse(strings.Split(line, "\t")); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return r, nil
}

func (r *found) parse(f []string) error {
	if index(f[0]) < 0 {
		return fmt.Errorf("unknown corpus %q: corpora.go has none; remove the line", f[0])
	}
	if len(f) == 3 && f[1] == both {
		n, err := strconv.Atoi(f[2])
		r.both[f[0]] = n
		return err
	}
	if len(f) != 5 || f[1] != theirs && f[1] != ours {
		return fmt.Errorf("want a corpus, %s and a number; or a corpus, %s or %s, a position, a rule or words, and a reason", both, theirs, ours)
	}
	file, line, _ := strings.Cut(f[2], ":")
	n, err := strconv.Atoi(line)
	if err != nil {
		return fmt.Errorf("position %q has no line", f[2])
	}
	if f[4] == "" {
		return errors.New("there is no reason")
	}
	r.alone = append(r.alone, alone{f[0], f[1], told{file: file, line: n, what: f[3]}, f[4]})
	return nil
}

// writeTables writes the table of the page from the record.
func writeTables() error { return page.Rewrite(document, withTables) }

func withTables(text string) (string, error) {
	r, err := readRecord(recordFile)
	if err != nil {
		return "", err
	}
	return page.With(text, "corpora", []page.Table{{Name: "corpora", Rows: r.table()}})
}

// table has a row for each corpus.
func (r *found) table() string {
	var b strings.Builder
	b.WriteString("| corpus | they expect | both | theirs only | ours only |\n|---|--:|--:|--:|--:|\n")
	for _, c := range corpora {
		n := map[string]int{both: r.both[c.name]}
		for _, a := range r.alone {
			if a.corpus == c.name {
				n[a.who]++
			}
		}
		fmt.Fprintf(&b, "| %s | %d | %d | %d | %d |\n", c.name, n[both]+n[theirs], n[both], n[theirs], n[ours])
	}
	return b.String()
}
