// Package gocmd runs the go command for the tools.
package gocmd

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Error is a failure of the go command.
type Error struct {
	Dir    string
	Args   []string
	Stderr string
	Err    error
}

func (e *Error) Error() string {
	return fmt.Sprintf("go %s in %s: %v\n%s", strings.Join(e.Args, " "), e.Dir, e.Err, e.Stderr)
}

func (e *Error) Unwrap() error { return e.Err }

// Run runs the go command in dir, outside any workspace, and returns what it
// printed. Its failure is an *Error.
func Run(dir string, args ...string) ([]byte, error) {
	cmd := exec.Command("go", args...)
	var stderr bytes.Buffer
	cmd.Dir, cmd.Stderr = dir, &stderr
	cmd.Env = append(os.Environ(), "GOWORK=off")
	out, err := cmd.Output()
	if err != nil {
		return nil, &Error{dir, args, stderr.String(), err}
	}
	return out, nil
}
