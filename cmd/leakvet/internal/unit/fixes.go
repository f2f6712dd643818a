package unit

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// validateFixes checks the fixes of one diagnostic: each has its own message,
// and its edits lie within one file each, in order, without overlap. It sorts
// the edits and fills in missing ends.
func validateFixes(fset *token.FileSet, fixes []analysis.SuggestedFix) error {
	seen := make(map[string]bool)
	for _, fix := range fixes {
		if seen[fix.Message] {
			return fmt.Errorf("two fixes are called %q", fix.Message)
		}
		seen[fix.Message] = true
		if err := validateEdits(fset, fix.TextEdits); err != nil {
			return fmt.Errorf("%q: %v", fix.Message, err)
		}
	}
	return nil
}

func validateEdits(fset *token.FileSet, edits []analysis.TextEdit) error {
	slices.SortStableFunc(edits, func(a, b analysis.TextEdit) int {
		return cmp.Or(cmp.Compare(a.Pos, b.Pos), cmp.Compare(a.End, b.End))
	})
	for i := range edits {
		edit := &edits[i]
		if !edit.End.IsValid() {
			edit.End = edit.Pos
		}
		file := fset.File(edit.Pos)
		if file == nil {
			return fmt.Errorf("edit %d has no position", i)
		}
		if edit.End < edit.Pos {
			return fmt.Errorf("edit %d at %v ends before it starts", i, fset.Position(edit.Pos))
		}
		if int(edit.End) > file.Base()+file.Size() {
			return fmt.Errorf("edit %d at %v ends beyond its file", i, fset.Position(edit.Pos))
		}
		if i > 0 && edit.Pos < edits[i-1].End {
			return fmt.Errorf("edits %d and %d at %v overlap", i-1, i, fset.Position(edit.Pos))
		}
	}
	return nil
}

// applicable reports whether the edits can be told to others: edits name
// files as line directives do but count bytes of the file that was read, so
// where the two differ they would hit something else.
func applicable(fset *token.FileSet, edits []analysis.TextEdit) bool {
	for _, edit := range edits {
		for _, pos := range []token.Pos{edit.Pos, edit.End} {
			if fset.PositionFor(pos, true) != fset.PositionFor(pos, false) {
				return false
			}
		}
	}
	return len(edits) > 0
}
