// Package record keeps findings with what readers said of them, in text files
// that are committed and compared with what the tool says now.
package record

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// Verdict is what a reader said of a finding.
type Verdict string

// The verdicts. What each means for a rule is said in docs/precision.md.
const (
	True     Verdict = "true"
	False    Verdict = "false"
	Arguable Verdict = "arguable"
	Unread   Verdict = "unread"
)

var verdicts = []Verdict{True, False, Arguable, Unread}

// Entry is one line of a record.
type Entry struct {
	Rule, File, Message string
	Line                int
	Verdict             Verdict
	Reason              string // why, in one line; empty if unread
}

// key is the part of an entry that the run determines.
func (e Entry) key() string { return fmt.Sprintf("%s\t%s:%d\t%s", e.Rule, e.File, e.Line, e.Message) }

// lineNumber matches what a message says of lines, which move.
var lineNumber = regexp.MustCompile(`\bline \d+`)

// identity is the part of an entry that stays when its file changes elsewhere.
func (e Entry) identity() string {
	return e.Rule + "\t" + e.File + "\t" + lineNumber.ReplaceAllString(e.Message, "line N")
}

// String returns the entry as a line of a record, without the end of the line.
func (e Entry) String() string { return e.key() + "\t" + string(e.Verdict) + "\t" + e.Reason }

// Sort sorts entries by rule, file, line and message, drops doubles and makes
// those without a verdict unread.
func Sort(entries []Entry) []Entry {
	for i := range entries {
		entries[i].Verdict = cmp.Or(entries[i].Verdict, Unread)
	}
	slices.SortStableFunc(entries, func(a, b Entry) int {
		return cmp.Or(cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.File, b.File),
			cmp.Compare(a.Line, b.Line), cmp.Compare(a.Message, b.Message))
	})
	return slices.CompactFunc(entries, func(a, b Entry) bool { return a.key() == b.key() })
}

// File is the contents of a record.
type File struct {
	Of      string // what was analysed, with its version
	Entries []Entry
}

const (
	ofPrefix = "# findings in "
	header   = "# rule\tposition\tmessage\tverdict (true, false, arguable, unread)\treason"
)

// Format returns the text of the record.
func (f File) Format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%s%s\n%s\n", ofPrefix, f.Of, header)
	for _, e := range f.Entries {
		fmt.Fprintln(&b, e)
	}
	return b.Bytes()
}

// Parse reads the record with that name. A malformed line is an error with its
// number.
func Parse(name string, data []byte) (File, error) {
	var f File
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if of, ok := strings.CutPrefix(line, ofPrefix); ok {
			f.Of = of
		}
		if line == "" || line[0] == '#' {
			continue
		}
		e, err := parseEntry(line)
		if err != nil {
			return f, fmt.Errorf("%s:%d: %w", name, n, err)
		}
		f.Entries = append(f.Entries, e)
	}
	return f, nil
}

func parseEntry(line string) (Entry, error) {
	c := strings.Split(line, "\t")
	if len(c) != 5 {
		return Entry{}, fmt.Errorf("%d columns, want 5", len(c))
	}
	e := Entry{Rule: c[0], Message: c[2], Verdict: Verdict(c[3]), Reason: c[4]}
	colon := strings.LastIndexByte(c[1], ':')
	if colon < 0 {
		return e, fmt.Errorf("position %q has no line", c[1])
	}
	e.File = c[1][:colon]
	if _, err := fmt.Sscanf(c[1][colon:], ":%d", &e.Line); err != nil {
		return e, fmt.Errorf("position %q has no line", c[1])
	}
	if !slices.Contains(verdicts, e.Verdict) {
		return e, fmt.Errorf("unknown verdict %q", e.Verdict)
	}
	if e.Verdict != Unread && e.Reason == "" {
		return e, fmt.Errorf("a verdict needs a reason")
	}
	return e, nil
}

// Keep gives found entries the verdicts of the old entries that are the same
// finding: at the same place, or else the next one in order that has the same
// rule, file and message.
func Keep(found, old []Entry) {
	exact := map[string]Entry{}
	for _, e := range old {
		exact[e.key()] = e
	}
	taken := map[string]bool{}
	for i, e := range found {
		if o, ok := exact[e.key()]; ok {
			found[i].Verdict, found[i].Reason = o.Verdict, o.Reason
			taken[o.key()] = true
		}
	}
	moved := map[string][]Entry{}
	for _, e := range old {
		if !taken[e.key()] {
			moved[e.identity()] = append(moved[e.identity()], e)
		}
	}
	for i, e := range found {
		if _, ok := exact[e.key()]; ok {
			continue
		}
		if candidates := moved[e.identity()]; len(candidates) > 0 {
			found[i].Verdict, found[i].Reason = candidates[0].Verdict, candidates[0].Reason
			moved[e.identity()] = candidates[1:]
		}
	}
}

// Diff writes the entries that only one side has and reports whether there
// are none.
func Diff(w io.Writer, old, found []Entry) bool {
	same := true
	minus := func(sign string, from, without []Entry) {
		known := map[string]bool{}
		for _, e := range without {
			known[e.key()] = true
		}
		for _, e := range from {
			if known[e.key()] {
				continue
			}
			same = false
			fmt.Fprintf(w, "%s %s", sign, e.key())
			if e.Verdict != Unread {
				fmt.Fprintf(w, "\t%s\t%s", e.Verdict, e.Reason)
			}
			fmt.Fprintln(w)
		}
	}
	minus("-", old, found)
	minus("+", found, old)
	return same
}
