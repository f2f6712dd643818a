// Package fixes applies the fixes of findings.
package fixes

import (
	"bytes"
	"errors"
	"fmt"
	"go/format"
	"maps"
	"os"
	"slices"

	"github.com/aymanbagabas/go-udiff"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// A Plan is what the first fixes of findings, which are the safest, make of
// files.
type Plan struct {
	Files []File // sorted by name
	Fixed []bool // of the findings, those that the plan mends
	Late  int    // fixes that touch what others change: another run can apply them
}

// File is a file that changes.
type File struct {
	Name     string
	Old, New []byte
}

// Make plans the fixes of findings in their order, as go vet -fix would apply
// them: each as a whole or not at all, those that meet in one place merged if
// they agree. Files outside of what mine accepts are left alone. It fails if a
// file is not what was analysed.
func Make(findings []finding.Finding, mine func(file string) bool) (*Plan, error) {
	p := &Plan{Fixed: make([]bool, len(findings))}
	files := &contents{old: make(map[string][]byte)}
	edits := make(map[string][]udiff.Edit)
	for i, f := range findings {
		if len(f.Fixes) == 0 || !all(f.Fixes[0].Edits, mine) {
			continue
		}
		after, err := merge(edits, f.Fixes[0].Edits, files)
		if err != nil {
			return nil, err
		}
		if after == nil {
			p.Late++
			continue
		}
		maps.Copy(edits, after)
		p.Fixed[i] = true
	}
	for _, name := range slices.Sorted(maps.Keys(edits)) {
		old := files.old[name]
		changed, err := udiff.ApplyBytes(old, edits[name])
		if err != nil {
			return nil, fmt.Errorf("the fixes of %s: %v", name, err)
		}
		changed, err = format.Source(changed)
		if err != nil {
			return nil, fmt.Errorf("the fixes would break %s: %v", name, err)
		}
		p.Files = append(p.Files, File{name, old, changed})
	}
	return p, nil
}

func all(edits []finding.Edit, mine func(string) bool) bool {
	return !slices.ContainsFunc(edits, func(e finding.Edit) bool { return !mine(e.File) })
}

// merge returns the edits of the files that a fix changes, with those that
// there are already; nil if they do not go together.
func merge(before map[string][]udiff.Edit, fix []finding.Edit, files *contents) (map[string][]udiff.Edit, error) {
	byFile := make(map[string][]udiff.Edit)
	for _, e := range fix {
		data, err := files.read(e.File, e.Sum)
		if err != nil {
			return nil, err
		}
		if e.Start < 0 || e.End < e.Start || e.End > len(data) {
			return nil, fmt.Errorf("a fix of %s reaches beyond the file: it is not what was analysed; run leakvet again", e.File)
		}
		byFile[e.File] = append(byFile[e.File], udiff.Edit{Start: e.Start, End: e.End, New: e.New})
	}
	for name, edits := range byFile {
		udiff.SortEdits(edits)
		if overlap(before[name], edits) {
			return nil, nil
		}
		merged, ok := udiff.Merge(before[name], edits)
		if !ok {
			return nil, nil
		}
		byFile[name] = merged
	}
	return byFile, nil
}

// overlap reports whether two lists of edits replace the same bytes by different
// texts. Merging such edits guesses what is meant.
func overlap(a, b []udiff.Edit) bool {
	for _, x := range a {
		for _, y := range b {
			if x != y && x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}

// contents are files as they were when they were read first.
type contents struct{ old map[string][]byte }

// read returns a file's content, which must have the given sum.
func (c *contents) read(name, sum string) ([]byte, error) {
	data, ok := c.old[name]
	if !ok {
		var err error
		if data, err = os.ReadFile(name); err != nil {
			return nil, err
		}
		c.old[name] = data
	}
	if got := unit.Sum(data); got != sum {
		return nil, fmt.Errorf("%s has changed since it was analysed: run leakvet again", name)
	}
	return data, nil
}

// Diff returns the changes in the unified form; show says how a file is
// called.
func (p *Plan) Diff(show func(string) string) string {
	var b bytes.Buffer
	for _, f := range p.Files {
		name := show(f.Name)
		b.WriteString(udiff.Unified("a/"+name, "b/"+name, string(f.Old), string(f.New)))
	}
	return b.String()
}

// Write makes the changes: all of them or, if one fails, none.
func (p *Plan) Write() error {
	for i, f := range p.Files {
		err := unchanged(f)
		if err == nil {
			err = files.Write(f.Name, f.New)
		}
		if err == nil {
			continue
		}
		errs := []error{fmt.Errorf("nothing is fixed: %w", err)}
		for _, done := range p.Files[:i] {
			if err := files.Write(done.Name, done.Old); err != nil {
				errs = append(errs, fmt.Errorf("%s is fixed all the same: %w", done.Name, err))
			}
		}
		return errors.Join(errs...)
	}
	return nil
}

// unchanged checks that a file is still what the plan was made for.
func unchanged(f File) error {
	now, err := os.ReadFile(f.Name)
	if err != nil {
		return err
	}
	if !bytes.Equal(now, f.Old) {
		return fmt.Errorf("%s changes while it is fixed", f.Name)
	}
	return nil
}
