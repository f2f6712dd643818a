package finding

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// Decode adds to the report what one unit printed: its package's ID, then by
// rule a list of diagnostics or an error.
func (r *Report) Decode(id, rule string, data json.RawMessage) error {
	pkg := PackagePath(id)
	if len(data) > 0 && data[0] == '{' {
		var e unit.Error
		if err := json.Unmarshal(data, &e); err != nil {
			return fmt.Errorf("package %s, rule %s: %v", id, rule, err)
		}
		r.Failures = append(r.Failures, Failure{Package: pkg, Rule: rule, Message: e.Err})
		return nil
	}
	var list []unit.Diagnostic
	if err := json.Unmarshal(data, &list); err != nil {
		return fmt.Errorf("package %s, rule %s: %v", id, rule, err)
	}
	r.Add(id, rule, list)
	return nil
}

// Add adds a rule's diagnostics on the package with the given ID.
func (r *Report) Add(id, rule string, list []unit.Diagnostic) {
	for _, d := range list {
		f := Finding{
			Package:  PackagePath(id),
			Rule:     rule,
			Category: d.Category,
			Message:  d.Message,
			Pos:      parsePosition(d.Posn),
			End:      parsePosition(d.End),
			Audit:    d.Audit,
			Function: d.Function,
			Subject:  d.Subject,
		}
		for _, s := range d.Related {
			f.Steps = append(f.Steps, Step{Position: parsePosition(s.Posn), Message: s.Message})
		}
		for _, fix := range d.SuggestedFixes {
			edits := make([]Edit, 0, len(fix.Edits))
			for _, e := range fix.Edits {
				edits = append(edits, Edit{File: e.Filename, Start: e.Start, End: e.End, New: e.New, Sum: e.Sum})
			}
			f.Fixes = append(f.Fixes, Fix{Message: fix.Message, Edits: edits})
		}
		r.Findings = append(r.Findings, f)
	}
}

// Rename applies rename to every file name of the finding.
func (f *Finding) Rename(rename func(string) string) {
	f.Pos.File = rename(f.Pos.File)
	f.End.File = rename(f.End.File)
	for i := range f.Steps {
		f.Steps[i].File = rename(f.Steps[i].File)
	}
	for i := range f.Fixes {
		for j := range f.Fixes[i].Edits {
			f.Fixes[i].Edits[j].File = rename(f.Fixes[i].Edits[j].File)
		}
	}
}

// PackagePath returns the path of the package with the given ID, which may
// name a variant for tests.
func PackagePath(id string) string {
	path, _, _ := strings.Cut(id, " ")
	return path
}

// parsePosition reads "file:line:column"; what is missing is zero.
func parsePosition(s string) Position {
	file, column, ok := cutNumber(s)
	if !ok {
		return Position{File: s}
	}
	if rest, line, ok := cutNumber(file); ok {
		return Position{File: rest, Line: line, Column: column}
	}
	return Position{File: file, Line: column}
}

func cutNumber(s string) (string, int, bool) {
	i := strings.LastIndexByte(s, ':')
	if i < 0 {
		return s, 0, false
	}
	n, err := strconv.Atoi(s[i+1:])
	return s[:i], n, err == nil
}
