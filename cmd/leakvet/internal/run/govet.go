package run

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// goVet analyses the packages by go vet, with this very program as its tool.
func (r *runner) goVet(ctx context.Context) error {
	goVersion, tmp, err := r.goEnv(ctx)
	if err != nil {
		return err
	}
	if err := tooOld(goVersion); err != nil {
		return err
	}
	// An interrupted go vet leaves its temporary files.
	if r.tmp, err = os.MkdirTemp(tmp, "leakvet-"); err != nil {
		return err
	}
	defer os.RemoveAll(r.tmp)
	if r.tables != "" {
		if err := os.WriteFile(r.tablesFile(), []byte(r.tables), 0o666); err != nil {
			return err
		}
	}

	type matched struct {
		listing
		err error
	}
	listed := make(chan matched, 1)
	go func() {
		l, err := r.list(ctx)
		r.progress.expect(l.dirs)
		listed <- matched{l, err}
	}()
	out, err := r.runVet(ctx, r.settings.patterns)
	match := <-listed
	if err != nil || ctx.Err() != nil {
		return err
	}
	if match.err != nil {
		return match.err
	}
	r.match = match.listing
	if len(r.match.dirs) == 0 {
		return noPackages(r.settings.patterns)
	}
	if !out.failed && !r.match.anyOwn() {
		return notOwn(r.settings.patterns)
	}
	broken := false
	if out.failed && out.units == 0 {
		// One bad import stops go vet before it analyses anything.
		var healthy []string
		if healthy, broken, err = r.diagnose(ctx); err != nil {
			return err
		}
		if broken {
			out = new(vetOutput)
			if len(healthy) > 0 {
				if out, err = r.runVet(ctx, healthy); err != nil {
					return err
				}
			}
		}
	}
	r.collect(out)
	if out.failed {
		r.problems.add(out.stderr)
		if advice := tooNew(goVersion); advice != "" {
			r.problems.add(advice)
		}
		r.problems.add("go vet could not analyse all packages")
	}
	if !out.failed && !broken {
		// The go command takes a package whose output its cache has lost for
		// one without findings.
		for _, pkg := range r.match.silent(out.heard) {
			r.problems.add(pkg + ": the go command's cache has lost what was found: run go clean -cache, and leakvet again")
		}
	}
	return nil
}

// nothingToDo says that the patterns match nothing that is analysed.
type nothingToDo struct{ error }

func noPackages(patterns []string) error {
	return nothingToDo{fmt.Errorf("no packages match %s", strings.Join(patterns, " "))}
}

// notOwn says that there is nothing to do, which should not look like a
// clean bill.
func notOwn(patterns []string) error {
	return nothingToDo{fmt.Errorf("%s: packages of the standard library and of other modules are not analysed", strings.Join(patterns, " "))}
}

// tablesFile is where the rows that the configuration adds are, for the tool.
func (r *runner) tablesFile() string { return filepath.Join(r.tmp, "tables") }

// collect takes over what go vet found in the packages that were asked for.
// The tool prints the findings of their dependencies too, see the unit
// runner; what went wrong there matters all the same.
func (r *runner) collect(out *vetOutput) {
	r.report.Failures = append(r.report.Failures, out.report.Failures...)
	r.stats = append(r.stats, out.stats...)
	for _, f := range out.report.Findings {
		dir, ok := r.match.dir(f.Package)
		if !ok {
			continue
		}
		f.Rename(r.match.resolver(dir))
		r.report.Findings = append(r.report.Findings, f)
	}
}

// vetOutput is what go vet printed.
type vetOutput struct {
	report finding.Report
	stats  []stats.Unit    // if asked for
	units  int             // how many packages were analysed
	heard  map[string]bool // packages that said anything, by path
	stderr string          // what went wrong, in the go command's words
	failed bool
}

// runVet runs go vet over the patterns. That go vet fails is no error.
func (r *runner) runVet(ctx context.Context, patterns []string) (*vetOutput, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	args := []string{"vet", "-vettool=" + self, "-json", "-" + unit.RelFlag}
	tables := ""
	if r.tables != "" {
		tables = unit.Digest(r.tables)
	}
	if r.settings.stats != "" {
		args = append(args, "-"+unit.StatsFlag)
	}
	if r.profiles != nil {
		args = append(args, "-"+unit.ProfileFlag+"="+r.profiles.kinds())
	}
	for _, f := range r.policy.analyzerFlags(tables) {
		args = append(args, "-"+f)
	}
	args = append(append(args, r.settings.build...), "--")
	cmd := r.goCommand(ctx, append(args, patterns...)...)
	cmd.Env = append(cmd.Environ(), "GOTMPDIR="+r.tmp, unit.TablesVar+"="+r.tablesFile())
	if r.profiles != nil {
		cmd.Env = append(cmd.Env, unit.ProfilesVar+"="+r.profiles.dir)
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	out := &vetOutput{heard: make(map[string]bool)}
	decodeErr := r.decode(stdout, out)
	if decodeErr != nil {
		io.Copy(io.Discard, stdout) // let go vet finish
	}
	err = cmd.Wait()
	if ctx.Err() != nil {
		awaitChildren(cmd)
		return nil, ctx.Err()
	}
	out.stderr = withoutProgress(stderr.String())
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		out.failed = true
	} else if err != nil {
		return nil, err
	}
	if decodeErr != nil {
		return nil, fmt.Errorf("go vet prints what cannot be read: %v", decodeErr)
	}
	return out, nil
}

// withoutProgress drops the lines in which the go command tells what it fetches.
func withoutProgress(stderr string) string {
	var b strings.Builder
	for line := range strings.Lines(stderr) {
		if !strings.HasPrefix(line, "go: downloading ") {
			b.WriteString(line)
		}
	}
	return b.String()
}

// decode reads the JSON objects that go vet passes through.
func (r *runner) decode(stdout io.Reader, out *vetOutput) error {
	dec := json.NewDecoder(stdout)
	for {
		var tree map[string]map[string]json.RawMessage
		if err := dec.Decode(&tree); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		looked := true
		for id, byRule := range tree {
			if data, ok := byRule[unit.StatsKey]; ok {
				s := stats.Unit{ID: id}
				if err := json.Unmarshal(data, &s.Stats); err != nil {
					return err
				}
				out.stats = append(out.stats, s)
				delete(byRule, unit.StatsKey)
				looked = s.Own() || len(byRule) > 0
			}
			r.progress.step(finding.PackagePath(id))
			out.heard[finding.PackagePath(id)] = true
			for rule, data := range byRule {
				if err := out.report.Decode(id, rule, data); err != nil {
					return err
				}
			}
		}
		if looked {
			out.units++
		}
	}
}
