// Package clone keeps clones of public repositories.
package clone

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// Of returns the directory of the clone of a repository, owner/name at GitHub, in dir.
// If there is none, it is made, without a work tree and with the history alone.
func Of(dir, repository string) (clone string, made bool, err error) {
	clone = filepath.Join(dir, path.Base(repository))
	if _, err := os.Stat(clone); !errors.Is(err, fs.ErrNotExist) {
		return clone, false, err
	}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return "", false, err
	}
	return clone, true, Git(dir, "clone", "-q", "--filter=blob:none", "--no-checkout", "https://github.com/"+repository, clone)
}

// Head returns the commit that is checked out in a clone.
func Head(clone string) (string, error) {
	out, err := exec.Command("git", "-C", clone, "rev-parse", "HEAD").Output()
	if err != nil {
		return "", fmt.Errorf("%s: not a clone: %w", clone, err)
	}
	return strings.TrimSpace(string(out)), nil
}

// Git runs git in dir. Its failure says what git said.
func Git(dir string, args ...string) error {
	var stderr strings.Builder
	cmd := exec.Command("git", args...)
	cmd.Dir, cmd.Stderr = dir, &stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("git %s: %w: %s", strings.Join(args, " "), err, strings.TrimSpace(stderr.String()))
	}
	return nil
}
