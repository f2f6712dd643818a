//go:build unix

package main

import (
	"os"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestInterrupt(t *testing.T) {
	w := newWorld(t, withConst("BlockHere"))
	tmp, blocked := t.TempDir(), t.TempDir()
	w.setenv(modeVar + "=block")
	w.setenv("TMPDIR=" + tmp)

	cmd := w.command(w.self, "-json", "./...")
	cmd.Env = append(cmd.Env, blockVar+"="+blocked)
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for len(children(t, blocked)) == 0 {
		if cmd.ProcessState != nil || syscall.Kill(cmd.Process.Pid, 0) != nil {
			t.Fatalf("nothing blocks:\n%s", &stderr)
		}
		time.Sleep(10 * time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	cmd.Wait()
	if code := cmd.ProcessState.ExitCode(); code != 2 || stdout.String() != "" || !strings.Contains(stderr.String(), "interrupted") {
		t.Errorf("exit code %d, want 2\nstdout:\n%s\nstderr:\n%s", code, &stdout, &stderr)
	}
	for _, pid := range children(t, blocked) {
		for syscall.Kill(pid, 0) == nil {
			time.Sleep(10 * time.Millisecond)
		}
	}
	if left, err := os.ReadDir(tmp); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	w.short("./...").exits(1).says("mid/mid.go:12:2: Leak", appFinding)
}

// children returns the processes that left files in dir.
func children(t *testing.T, dir string) []int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var pids []int
	for _, e := range entries {
		pid := 0
		for _, digit := range e.Name() {
			pid = 10*pid + int(digit-'0')
		}
		pids = append(pids, pid)
	}
	return pids
}
