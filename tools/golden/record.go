package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/suite"
)

// verdicts are what a reader may have said of a finding.
var verdicts = []string{"true", "false", "arguable", "unread"}

const unread = "unread"

// entry is one line of the record.
type entry struct {
	rule, pos, message string
	verdict, reason    string
}

// key is the part of an entry that the run determines.
func (e entry) key() string { return e.rule + "\t" + e.pos + "\t" + e.message }

// lineNumber matches what a message says of lines, which move.
var lineNumber = regexp.MustCompile(`\bline \d+`)

// identity is the part of an entry that stays when its file changes elsewhere.
func (e entry) identity() string {
	file := e.pos[:max(0, strings.LastIndexByte(e.pos, ':'))]
	return e.rule + "\t" + file + "\t" + lineNumber.ReplaceAllString(e.message, "line N")
}

// entries turns findings into unread entries, sorted by rule and position.
func entries(findings []suite.Finding) []entry {
	var es []entry
	for _, f := range findings {
		es = append(es, entry{rule: f.Rule, pos: fmt.Sprintf("%s:%d", f.File, f.Line), message: f.Message, verdict: unread})
	}
	// Findings come sorted by position; lines are numbers, so keep that order.
	slices.SortStableFunc(es, func(a, b entry) int { return cmp.Compare(a.rule, b.rule) })
	return es
}

// record is the contents of the golden file.
type record struct {
	toolchain string // the version of Go whose standard library was analysed
	entries   []entry
}

const header = "# rule\tposition\tmessage\tverdict (true, false, arguable, unread)\treason"

// format returns the golden file.
func (r record) format() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# toolchain %s\n%s\n", r.toolchain, header)
	for _, e := range r.entries {
		fmt.Fprintf(&b, "%s\t%s\t%s\n", e.key(), e.verdict, e.reason)
	}
	return b.Bytes()
}

// parse reads a golden file. A malformed line is an error with its number.
func parse(name string, data []byte) (record, error) {
	var r record
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSuffix(line, "\n")
		if version, ok := strings.CutPrefix(line, "# toolchain "); ok {
			r.toolchain = version
		}
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			return r, fmt.Errorf("%s:%d: %d columns, want 5", name, n, len(f))
		}
		if !slices.Contains(verdicts, f[3]) {
			return r, fmt.Errorf("%s:%d: unknown verdict %q", name, n, f[3])
		}
		if f[3] != unread && f[4] == "" {
			return r, fmt.Errorf("%s:%d: a verdict needs a reason", name, n)
		}
		r.entries = append(r.entries, entry{f[0], f[1], f[2], f[3], f[4]})
	}
	return r, nil
}

// keepVerdicts gives entries the verdicts of the old entries that are the same
// finding: at the same place, or else the next one in order that has the same
// rule, file and message.
func keepVerdicts(found, old []entry) {
	exact := map[string]entry{}
	for _, e := range old {
		exact[e.key()] = e
	}
	taken := map[string]bool{}
	for i, e := range found {
		if o, ok := exact[e.key()]; ok {
			found[i].verdict, found[i].reason = o.verdict, o.reason
			taken[o.key()] = true
		}
	}
	moved := map[string][]entry{}
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
			found[i].verdict, found[i].reason = candidates[0].verdict, candidates[0].reason
			moved[e.identity()] = candidates[1:]
		}
	}
}

// diff writes the entries that only one side has and reports whether there
// are none.
func diff(w io.Writer, old, found []entry) bool {
	same := true
	minus := func(sign string, from, without []entry) {
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
			if e.verdict != unread {
				fmt.Fprintf(w, "\t%s\t%s", e.verdict, e.reason)
			}
			fmt.Fprintln(w)
		}
	}
	minus("-", old, found)
	minus("+", found, old)
	return same
}
