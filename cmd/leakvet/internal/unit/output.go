package unit

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"go/token"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/report"
)

// The JSON form of a unit's findings is that of x/tools' unitchecker:
// package ID to analyzer name to either a list of Diagnostic or an Error.

// Error says that an analyzer failed.
type Error struct {
	Err string `json:"error"`
}

// Diagnostic is one finding.
type Diagnostic struct {
	Category       string    `json:"category,omitempty"`
	Posn           string    `json:"posn"` // file:line:column
	End            string    `json:"end"`
	Message        string    `json:"message"`
	SuggestedFixes []Fix     `json:"suggested_fixes,omitempty"`
	Related        []Related `json:"related,omitempty"`

	// For the leakvet command only, see RelFlag.
	Audit    bool   `json:"audit,omitempty"`    // the finding is of the audit tier
	Function string `json:"function,omitempty"` // see Source.Identify
	Subject  string `json:"subject,omitempty"`
}

// Related is a further position that belongs to a finding.
type Related struct {
	Posn    string `json:"posn"`
	End     string `json:"end"`
	Message string `json:"message"`
}

// Fix is a suggested change.
type Fix struct {
	Message string `json:"message"`
	Edits   []Edit `json:"edits"`
}

// Edit replaces the bytes of a file from Start up to End.
type Edit struct {
	Filename string `json:"filename"`
	Start    int    `json:"start"`
	End      int    `json:"end"`
	New      string `json:"new"`
	Sum      string `json:"sum,omitempty"` // of the file; for the leakvet command only, see RelFlag
}

// Sum tells contents of files apart.
func Sum(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

// print writes the unit's findings and failures where the configuration says,
// and returns the exit code.
func (u *unit) print(stdout, stderr io.Writer) (int, error) {
	failed := u.failures.byAnalyzer()
	if u.cfg.VetxOnly && !u.wantsFindings() && len(failed) == 0 && u.meter == nil {
		return 0, nil
	}
	if !u.opts.json {
		if u.cfg.Stdout != "" {
			if err := writeFile(u.cfg.Stdout, nil); err != nil {
				return 1, err
			}
		}
		return u.printPlain(stderr, failed), nil
	}
	data, err := json.MarshalIndent(u.tree(failed), "", "\t")
	if err != nil {
		return 1, err
	}
	data = append(data, '\n')
	if u.cfg.Stdout != "" {
		return 0, writeFile(u.cfg.Stdout, data)
	}
	_, err = stdout.Write(data)
	return 0, err
}

func (u *unit) tree(failed map[string]error) map[string]map[string]any {
	byName := make(map[string]any)
	for _, r := range u.results {
		if len(r.diagnostics) > 0 {
			byName[r.analyzer.Name] = Diagnostics(u.fset, r.diagnostics, u.naming())
		}
		if r.err != nil {
			byName[r.analyzer.Name] = Error{r.err.Error()}
		}
	}
	for name, err := range failed {
		byName[name] = Error{err.Error()}
	}
	if u.meter != nil {
		byName[StatsKey] = u.meter.done()
	}
	// The command counts packages by their names; others expect none.
	if len(byName) == 0 && !u.opts.rel {
		return map[string]map[string]any{}
	}
	return map[string]map[string]any{u.cfg.ID: byName}
}

// Naming says how findings are told to those who read JSON.
type Naming struct {
	File   func(string) string // a file's name
	Own    func(string) bool   // whether the package has that file; nil if it does not matter
	Source *Source             // to say what findings are about; nil if nobody asks
}

// position returns "file:line:column". Types that come from export data do
// not know columns: where Own is set, none is told of other packages' files.
func (n Naming) position(fset *token.FileSet, pos token.Pos) string {
	posn := fset.Position(pos)
	if n.Own != nil && pos.IsValid() && !n.Own(fset.PositionFor(pos, false).Filename) {
		posn.Column = 0
	}
	posn.Filename = n.File(posn.Filename)
	return posn.String()
}

// Diagnostics returns the JSON form of findings.
func Diagnostics(fset *token.FileSet, list []analysis.Diagnostic, naming Naming) []Diagnostic {
	end := func(pos, end token.Pos) string {
		if !end.IsValid() {
			end = pos
		}
		return naming.position(fset, end)
	}
	out := make([]Diagnostic, 0, len(list))
	for _, d := range list {
		j := Diagnostic{Category: d.Category, Posn: naming.position(fset, d.Pos), End: end(d.Pos, d.End), Message: d.Message}
		if naming.Source != nil {
			j.Audit = report.IsAudit(d)
			j.Function, j.Subject = naming.Source.Identify(d.Pos, d.End)
		}
		for _, fix := range d.SuggestedFixes {
			if applicable(fset, fix.TextEdits) {
				j.SuggestedFixes = append(j.SuggestedFixes, jsonFix(fset, fix, naming))
			}
		}
		for _, r := range d.Related {
			j.Related = append(j.Related, Related{Posn: naming.position(fset, r.Pos), End: end(r.Pos, r.End), Message: r.Message})
		}
		out = append(out, j)
	}
	return out
}

func jsonFix(fset *token.FileSet, fix analysis.SuggestedFix, naming Naming) Fix {
	j := Fix{Message: fix.Message}
	for _, e := range fix.TextEdits {
		start, end := fset.Position(e.Pos), fset.Position(e.End)
		edit := Edit{Filename: naming.File(start.Filename), Start: start.Offset, End: end.Offset, New: string(e.NewText)}
		if naming.Source != nil {
			edit.Sum = naming.Source.sum(start.Filename)
		}
		j.Edits = append(j.Edits, edit)
	}
	return j
}

// naming returns how this unit tells positions; see RelFlag.
func (u *unit) naming() Naming {
	if !u.opts.rel {
		return Naming{File: func(file string) string { return file }}
	}
	relative := func(file string) string {
		if rest, ok := strings.CutPrefix(file, u.cfg.Dir+string(filepath.Separator)); ok {
			return "./" + filepath.ToSlash(rest)
		}
		return file
	}
	return Naming{File: relative, Own: func(file string) bool { return slices.Contains(u.cfg.GoFiles, file) }, Source: u.source}
}

// printPlain writes findings for people and returns 1 if there is anything.
func (u *unit) printPlain(w io.Writer, failed map[string]error) (code int) {
	for _, name := range sortedKeys(failed) {
		fmt.Fprintf(w, "leakvet: %s: %v\n", name, failed[name])
		code = 1
	}
	for _, r := range u.results {
		if r.err != nil && failed[r.analyzer.Name] == nil {
			fmt.Fprintf(w, "leakvet: %s: %v\n", r.analyzer.Name, r.err)
			code = 1
		}
	}
	for _, r := range u.results {
		for _, d := range r.diagnostics {
			code = 1
			u.printLine(w, d.Pos, d.End, d.Message)
			for _, rel := range d.Related {
				u.printLine(w, rel.Pos, rel.End, "\t"+rel.Message)
			}
		}
	}
	return code
}

// printLine prints a message and, if asked, the lines that it is about.
func (u *unit) printLine(w io.Writer, pos, end token.Pos, message string) {
	first := u.fset.Position(pos)
	fmt.Fprintf(w, "%s: %s\n", first, message)
	if u.opts.context < 0 {
		return
	}
	last := first
	if end.IsValid() {
		last = u.fset.Position(end)
	}
	data, err := os.ReadFile(first.Filename)
	if err != nil {
		return
	}
	lines := strings.Split(string(data), "\n")
	for n := max(1, first.Line-u.opts.context); n <= min(last.Line+u.opts.context, len(lines)); n++ {
		fmt.Fprintf(w, "%d\t%s\n", n, lines[n-1])
	}
}
