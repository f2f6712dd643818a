package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/version"
	"os/exec"
	"runtime"
	"strings"
	"time"
)

// oldestGo is the first release whose go vet caches what a tool prints.
const oldestGo = "go1.26"

// reinstall is the advice to those whose leakvet is older than their Go.
const reinstall = "go install github.com/leakvet/leakvet/cmd/leakvet@latest"

// graceful is how long an interrupted go command may take to clean up.
const graceful = 5 * time.Second

// goCommand prepares a call of the go command in the run's directory. When
// ctx ends, the command and its children are interrupted, so that they stop
// and the go command removes its files.
func (r *runner) goCommand(ctx context.Context, args ...string) *exec.Cmd {
	return goCommand(ctx, r.dir, args...)
}

func goCommand(ctx context.Context, dir string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir = dir
	interruptible(cmd)
	cmd.WaitDelay = graceful
	return cmd
}

// goEnv returns the version of the go command that serves the run's directory,
// such as "go1.26.8", and where it keeps its temporary files ("" for the
// system's place). An error says how to mend it.
func (r *runner) goEnv(ctx context.Context) (goVersion, tmp string, err error) {
	cmd := r.goCommand(ctx, "env", "GOVERSION", "GOTMPDIR")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return "", "", fmt.Errorf("cannot find the go command in PATH: install Go from https://go.dev/dl")
	}
	if err != nil {
		return "", "", fmt.Errorf("go env fails (%v): %s", err, bytes.TrimSpace(stderr.Bytes()))
	}
	goVersion, tmp, _ = strings.Cut(string(out), "\n")
	return release(goVersion), strings.TrimSpace(tmp), nil
}

// release cuts from a version what is not its number: "go1.26.8 X:flag" and
// "devel go1.27-abc" become "go1.26.8" and "go1.27".
func release(v string) string {
	for field := range strings.FieldsSeq(v) {
		if strings.HasPrefix(field, "go1") {
			number, _, _ := strings.Cut(field, "-")
			return number
		}
	}
	return ""
}

// tooOld reports why this version of the go command cannot serve; nil if it
// can.
func tooOld(goVersion string) error {
	if version.IsValid(goVersion) && version.Compare(goVersion, oldestGo) < 0 {
		return fmt.Errorf("the go command is %s: leakvet needs %s or later (or try -engine=inproc)", goVersion, oldestGo)
	}
	return nil
}

// tooNew returns advice if the go command belongs to a later release than the
// one that leakvet was built with, whose types it may be unable to read.
func tooNew(goVersion string) string {
	built := release(runtime.Version())
	if !version.IsValid(goVersion) || !version.IsValid(built) || version.Compare(version.Lang(goVersion), version.Lang(built)) <= 0 {
		return ""
	}
	return fmt.Sprintf("the go command is %s but leakvet was built with %s: rebuild it with the newer Go, as by\n\t%s", goVersion, built, reinstall)
}
