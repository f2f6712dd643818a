package fixes

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// allow is how to go on all the same.
const allow = "or say -allow-dirty"

// Clean returns an error if the work of somebody could be lost by changing
// files in dir: if git does not have what they are now.
func (p *Plan) Clean(ctx context.Context, dir string) error {
	cmd := exec.CommandContext(ctx, "git", "status", "--porcelain=v1", "-z", "--untracked-files=all", "--no-renames")
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return fmt.Errorf("cannot find git, which would know what the files were: put it into PATH, %s", allow)
	}
	if err != nil {
		return fmt.Errorf("%s is in no git repository, which would know what the files were: make one, %s", dir, allow)
	}
	var dirty []string
	for entry := range strings.SplitSeq(string(out), "\x00") {
		if len(entry) < 4 {
			continue
		}
		state, name := entry[:2], entry[3:]
		if state != "??" || p.changes(name) {
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

// changes reports whether the plan changes the file that git calls by a name
// relative to the root of the repository.
func (p *Plan) changes(name string) bool {
	return slices.ContainsFunc(p.Files, func(f File) bool {
		return strings.HasSuffix(filepath.ToSlash(f.Name), "/"+name)
	})
}
