package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// These variables turn the bench program itself into a wrapper that go vet
// runs in place of the tool.
const (
	wrapTool = "LEAKVET_BENCH_TOOL" // the tool to run
	wrapLog  = "LEAKVET_BENCH_LOG"  // where to note what it took
)

// wrap runs a tool and appends what its process took to a log. It
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
	if err := note(log, args, cmd.ProcessState); err != nil {
		fmt.Fprintln(os.Stderr, "bench wrapper:", err)
		return 2
	}
	return cmd.ProcessState.ExitCode()
}

// A unit is what one process of a tool took.
type unit struct {
	id    string
	peak  int64 // of memory, in KiB
	cpu   time.Duration
	lines int   // of the package's Go files
	facts int64 // bytes written for importers
}

// note appends to a log what a process took that had a package to analyse.
func note(log string, args []string, state *os.ProcessState) error {
	usage, ok := state.SysUsage().(*syscall.Rusage)
	if !ok || len(args) == 0 || !strings.HasSuffix(args[len(args)-1], ".cfg") {
		return nil
	}
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return err
	}
	var cfg struct {
		ID, VetxOutput string
		GoFiles        []string
	}
	if err := json.Unmarshal(data, &cfg); err != nil {
		return err
	}
	lines := 0
	for _, name := range cfg.GoFiles {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		lines += bytes.Count(text, []byte("\n"))
	}
	var facts int64
	if info, err := os.Stat(cfg.VetxOutput); err == nil {
		facts = info.Size()
	}
	f, err := os.OpenFile(log, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(f, "%d\t%d\t%d\t%d\t%s\n", usage.Maxrss, state.UserTime()+state.SystemTime(), lines, facts, cfg.ID)
	return errors.Join(err, f.Close())
}

// memory runs a fresh copy of the tool under the wrapper and returns what each
// process took, and what go vet printed.
func (m *measurement) memory(t tool) ([]unit, []byte, error) {
	path, remove, err := m.fresh(t)
	if remove != nil {
		defer remove()
	}
	if err != nil {
		return nil, nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}
	// The go command wants the tool to call itself by its file's name.
	dir := filepath.Join(filepath.Dir(path), "wrapper")
	if err := os.Mkdir(dir, 0o755); err != nil {
		return nil, nil, err
	}
	wrapper, log := filepath.Join(dir, t.name), filepath.Join(dir, "log")
	if err := os.Symlink(self, wrapper); err != nil {
		return nil, nil, err
	}
	_, out, err := m.vet(wrapper, nil, wrapTool+"="+path, wrapLog+"="+log)
	if err != nil {
		return nil, nil, err
	}
	units, err := readUnits(log)
	return units, out, err
}

func readUnits(log string) ([]unit, error) {
	data, err := os.ReadFile(log)
	if err != nil {
		return nil, err
	}
	var units []unit
	for line := range strings.Lines(string(data)) {
		var u unit
		fields := strings.SplitN(strings.TrimSuffix(line, "\n"), "\t", 5)
		if len(fields) < 5 {
			return nil, fmt.Errorf("%s holds %q", log, line)
		}
		if _, err := fmt.Sscan(strings.Join(fields[:4], " "), &u.peak, (*int64)(&u.cpu), &u.lines, &u.facts); err != nil {
			return nil, fmt.Errorf("%s holds %q: %w", log, line, err)
		}
		u.id = fields[4]
		units = append(units, u)
	}
	if len(units) == 0 {
		return nil, fmt.Errorf("%s is empty: the tool was not run", log)
	}
	return units, nil
}
