package fixes

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/git"
)

// allow is how to go on all the same.
const allow = "or say -allow-dirty"

// Clean returns an error if the work of somebody could be lost by changing
// files in one of the directories: if git does not have what they are now.
func (p *Plan) Clean(ctx context.Context, dirs []string) error {
	looked := make(map[string]bool)
	for _, dir := range dirs {
		if err := p.clean(ctx, dir, looked); err != nil {
			return err
		}
	}
	return nil
}

// clean does so for the repository around dir, unless it has been looked at.
func (p *Plan) clean(ctx context.Context, dir string, looked map[string]bool) error {
	root, err := git.Root(ctx, dir)
	if errors.Is(err, git.ErrMissing) {
		return fmt.Errorf("cannot find git, which would know what the files were: put it into PATH, %s", allow)
	}
	if err != nil {
		return fmt.Errorf("%s is in no git repository, which would know what the files were: make one, %s", dir, allow)
	}
	if looked[root] {
		return nil
	}
	looked[root] = true
	out, err := git.Run(ctx, root, "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
	if err != nil {
		return err
	}
	var dirty []string
	for entry := range strings.SplitSeq(out, "\x00") {
		if len(entry) < 4 {
			continue
		}
		state, name := entry[:2], entry[3:]
		if state != "??" || p.changes(filepath.Join(root, filepath.FromSlash(name))) {
			dirty = append(dirty, name)
		}
	}
	if len(dirty) == 0 {
		return nil
	}
	const most = 3
	names := strings.Join(dirty[:min(len(dirty), most)], ", ")
	if len(dirty) > most {
		names += fmt.Sprintf(" and %d more", len(dirty)-most)
	}
	return fmt.Errorf("there are changes that are not committed (%s): commit or stash them, %s", names, allow)
}

// changes reports whether the plan changes a file, under whatever name.
func (p *Plan) changes(file string) bool {
	info, err := os.Stat(file)
	return err == nil && slices.ContainsFunc(p.Files, func(f File) bool {
		other, err := os.Stat(f.Name)
		return err == nil && os.SameFile(info, other)
	})
}
