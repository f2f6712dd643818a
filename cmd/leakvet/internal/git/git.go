// Package git runs git.
package git

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"strings"
)

// ErrMissing says that there is no git.
var ErrMissing = errors.New("cannot find git in PATH")

// Run runs git in a directory, in words that do not depend on the user's
// language and without writing anything, and returns what it prints. An error
// says what git says.
func Run(ctx context.Context, dir string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Dir = dir
	cmd.Env = append(cmd.Environ(), "GIT_OPTIONAL_LOCKS=0", "LC_ALL=C")
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); errors.Is(err, exec.ErrNotFound) {
		return "", ErrMissing
	} else if err != nil {
		if text := strings.TrimSpace(stderr.String()); text != "" {
			err = errors.New(text)
		}
		return "", err
	}
	return stdout.String(), nil
}

// Root returns the root of the repository around a directory, without symbolic
// links.
func Root(ctx context.Context, dir string) (string, error) {
	top, err := Run(ctx, dir, "rev-parse", "--show-toplevel")
	return strings.TrimSuffix(top, "\n"), err
}
