// Package changes knows which lines a git repository has changed.
package changes

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/bluekeyes/go-gitdiff/gitdiff"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/git"
)

// Doc says what -new-from shows.
const Doc = `leakvet -new-from REV tells only of findings that a change since REV has to do
with. REV is what git knows: a branch, a tag, a commit. Where the branches have
parted, the change since the merge base counts; what is not committed yet and
what git does not know yet count, too.

A finding counts if a changed line is among those it names: where it is, or a
step on the way to the leak. Lines that were deleted count if they stood between
these, since what they did may have been the release.
`

// Changes are lines that have changed, by absolute file name.
type Changes map[string]*file

type file struct {
	whole bool
	added []span
	cuts  []int // lines behind which lines were deleted
}

type span struct{ first, last int }

// sources matches the files that findings can be in, in the whole repository.
const sources = ":(top)*.go"

// Since returns what has changed in the repository around dir since its
// history parted from rev. Errors say what git says.
func Since(ctx context.Context, dir, rev string) (Changes, error) {
	root, err := git.Root(ctx, dir)
	if err != nil {
		return nil, fmt.Errorf("-new-from needs a git repository around %s: %w", dir, err)
	}
	if strings.HasPrefix(rev, "-") {
		return nil, fmt.Errorf("-new-from %s: that is no revision", rev)
	}
	if _, err := git.Run(ctx, dir, "rev-parse", "--verify", "--quiet", "--end-of-options", rev+"^{commit}"); err != nil {
		return nil, fmt.Errorf("-new-from %s: git knows no such revision (fetch it, or name another)", rev)
	}
	base, err := git.Run(ctx, dir, "merge-base", rev, "HEAD")
	if err != nil {
		return nil, fmt.Errorf("-new-from %s: no commit is common to it and HEAD (fetch more of the history): %w", rev, err)
	}
	diff, err := git.Run(ctx, dir, "-c", "core.quotePath=off", "diff", "--unified=0", "--no-color", "--no-ext-diff", "--no-textconv",
		"--find-renames", "--ignore-submodules", "--src-prefix=a/", "--dst-prefix=b/", strings.TrimSpace(base), "--", sources)
	if err != nil {
		return nil, err
	}
	c, err := parse(root, diff)
	if err != nil {
		return nil, fmt.Errorf("git diff prints what cannot be read: %w", err)
	}
	others, err := git.Run(ctx, root, "ls-files", "--others", "--exclude-standard", "-z", "--", sources)
	if err != nil {
		return nil, err
	}
	for name := range strings.SplitSeq(others, "\x00") {
		if name != "" {
			c[filepath.Join(root, filepath.FromSlash(name))] = &file{whole: true}
		}
	}
	return c, nil
}

// parse reads what git diff prints; names are relative to root.
func parse(root, diff string) (Changes, error) {
	files, _, err := gitdiff.Parse(strings.NewReader(diff))
	if err != nil {
		return nil, err
	}
	c := make(Changes)
	for _, f := range files {
		if f.IsDelete || f.NewName == "" {
			continue
		}
		changed := &file{whole: f.IsNew}
		for _, t := range f.TextFragments {
			if t.NewLines == 0 {
				changed.cuts = append(changed.cuts, int(t.NewPosition))
				continue
			}
			changed.added = append(changed.added, span{int(t.NewPosition), int(t.NewPosition + t.NewLines - 1)})
		}
		c[filepath.Join(root, filepath.FromSlash(f.NewName))] = changed
	}
	return c, nil
}

// Touches reports whether the change has to do with a finding.
func (c Changes) Touches(f *finding.Finding) bool {
	last := max(f.End.Line, f.Pos.Line)
	if c.within(f.Pos.File, f.Pos.Line, last) {
		return true
	}
	first := f.Pos.Line
	for _, s := range f.Steps {
		if c.within(s.File, s.Line, s.Line) {
			return true
		}
		if s.File == f.Pos.File {
			first, last = min(first, s.Line), max(last, s.Line)
		}
	}
	if file := c.find(f.Pos.File); file != nil {
		for _, line := range file.cuts {
			if first <= line && line < last {
				return true
			}
		}
	}
	return false
}

func (c Changes) within(name string, first, last int) bool {
	f := c.find(name)
	if f == nil {
		return false
	}
	for _, s := range f.added {
		if s.first <= last && first <= s.last {
			return true
		}
	}
	return f.whole
}

// find returns what has changed in a file. Git and the go command may know it
// under different names where directories are linked.
func (c Changes) find(name string) *file {
	if f := c[name]; f != nil {
		return f
	}
	if real, err := filepath.EvalSymlinks(name); err == nil {
		return c[real]
	}
	return nil
}
