package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// These variables turn the bench program itself into a wrapper that go vet
// runs in place of the tool.
const (
	wrapTool = "LEAKVET_BENCH_TOOL" // the tool to run
	wrapLog  = "LEAKVET_BENCH_LOG"  // where to note its peak memory
)

// wrap runs a tool and appends the peak memory of its process to a log. It
// returns the tool's exit code.
//
// Linux charges a new process with the peak of the one that started it until
// the exec, and the go command is large. The wrapper is small.
func wrap(tool, log string, args []string) int {
	cmd := exec.Command(tool, args...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, "bench wrapper:", err)
		return 2
	}
	if usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
		if err == nil {
			_, err = fmt.Fprintf(f, "%d\n", usage.Maxrss)
			f.Close()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "bench wrapper:", err)
			return 2
		}
	}
	return cmd.ProcessState.ExitCode()
}

// memory runs a fresh copy of the tool and returns the peak memory of its
// largest process, in KiB.
func (m *measurement) memory(t tool) (int64, error) {
	path, remove, err := m.fresh(t)
	if remove != nil {
		defer remove()
	}
	if err != nil {
		return 0, err
	}
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	// The go command wants the tool to call itself by its file's name.
	dir := filepath.Join(filepath.Dir(path), "wrapper")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return 0, err
	}
	wrapper, log := filepath.Join(dir, t.name), filepath.Join(dir, "log")
	if err := os.Symlink(self, wrapper); err != nil {
		return 0, err
	}
	if _, _, err := m.vet(wrapper, nil, wrapTool+"="+path, wrapLog+"="+log); err != nil {
		return 0, err
	}
	return largest(log)
}

// largest returns the largest number in a file of one number a line.
func largest(log string) (int64, error) {
	f, err := os.Open(log)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var peak int64
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		n, err := strconv.ParseInt(strings.TrimSpace(lines.Text()), 10, 64)
		if err != nil {
			return 0, err
		}
		peak = max(peak, n)
	}
	return peak, lines.Err()
}
