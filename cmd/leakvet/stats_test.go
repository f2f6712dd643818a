package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// lastWords counts how often each word ends a line: that is where tables have
// their names.
func lastWords(text string) map[string]int {
	count := make(map[string]int)
	for line := range strings.Lines(text) {
		if words := strings.Fields(line); len(words) > 1 {
			count[words[len(words)-1]]++
		}
	}
	return count
}

func TestStats(t *testing.T) {
	w := newWorld(t, chain)
	plain := w.leakvet("./...").exits(1)
	for _, engine := range []string{"-engine=vet", "-engine=inproc"} {
		first := w.leakvet(engine, "-stats=all", "./...").exits(1).warns("leakvet help stats")
		if first.stdout != plain.stdout {
			t.Errorf("-stats changes the findings%s%s", plain.dump(), first.dump())
		}
		names := lastWords(first.stderr)
		for _, name := range []string{"leaktest", "leaktestfacts", "leakconfig", "analyzers", "example.com/m/app", "example.com/m/mid", "example.com/m/mid_test", "example.com/m/lib"} {
			if names[name] != 1 {
				t.Errorf("%s: %d lines of %s%s", engine, names[name], name, first.dump())
			}
		}
		second := w.leakvet(engine, "-stats=all", "./...").exits(1)
		if first.stdout != second.stdout {
			t.Errorf("the second run differs%s%s", first.dump(), second.dump())
		}
		if engine == "-engine=vet" && first.stderr != second.stderr {
			t.Errorf("the numbers are not from the cache%s%s", first.dump(), second.dump())
		}
	}
	w.leakvet("-stats", "./nosuch").exits(2)
}

func TestStatsJSON(t *testing.T) {
	w := newWorld(t, chain)
	var doc struct {
		Stats *struct {
			Units    int
			Rules    []struct{ Name string }
			Packages []struct {
				Path, Scope string
				Written     unit.FactStats
			}
		}
	}
	decode := func(o *outcome) {
		t.Helper()
		if err := json.Unmarshal([]byte(o.stdout), &doc); err != nil {
			t.Fatalf("%v%s", err, o.dump())
		}
	}
	if decode(w.leakvet("-json", "./...").exits(1)); doc.Stats != nil {
		t.Error("stats that nobody asked for")
	}
	o := w.leakvet("-json", "-stats", "./...").exits(1)
	if decode(o); doc.Stats == nil || doc.Stats.Units < 5 || len(doc.Stats.Rules) != 3 {
		t.Fatalf("got%s", o.dump())
	}
	for _, p := range doc.Stats.Packages {
		if p.Scope != "own" || p.Path == "example.com/m/lib" && (p.Written.Facts == 0 || p.Written.Bytes == 0) {
			t.Errorf("got %+v", p)
		}
	}
}

// TestStatsLeaveFactsAlone: numbers vary, and facts are part of importers' keys.
func TestStatsLeaveFactsAlone(t *testing.T) {
	w := newWorld(t, chain)
	with, without := newDriver(w), newDriver(w)
	pkgs := with.list("./mid")
	with.run(pkgs, "-json", "-"+unit.StatsFlag).says(unit.StatsKey, `"phases"`)
	without.run(pkgs, "-json").hides(unit.StatsKey)
	for path, name := range with.vetx {
		if w.readAbs(name) != w.readAbs(without.vetx[path]) {
			t.Errorf("%s: facts differ", path)
		}
	}
	if o := with.run(pkgs, "-"+unit.StatsFlag); strings.Contains(o.stdout+o.stderr, "phases") {
		t.Errorf("stats among plain text%s", o.dump())
	}
	with.run(pkgs[:1], "-"+unit.ProfileFlag+"=cpu,1").exits(1).warns(unit.ProfilesVar + " does not say where profiles go")
}

func TestStatsFlagErrors(t *testing.T) {
	w := newWorld(t, chain)
	w.leakvet("-stats=some", "./...").exits(2).warns("want nothing, or all")
	w.leakvet("-cpuprofile=nowhere/cpu", "./...").exits(2).warns("-cpuprofile nowhere/cpu: there is no directory")
	w.leakvet("-memprofile=lib", "./...").exits(2).warns("-memprofile lib: not a regular file")
	w.leakvet("-memprofile=p", "-cpuprofile=p", "./...").exits(2).warns("both name p: use two files")
	w.leakvet("-memprofile=p", "./none/...").exits(2).warns("-memprofile: nothing was analysed")
	if _, err := os.Stat(filepath.Join(w.dir, "p")); err == nil {
		t.Error("a run that fails leaves a profile")
	}
}

func TestProfilesOfOneProcess(t *testing.T) {
	w := newWorld(t, chain)
	w.leakvet("-engine=inproc", "-cpuprofile=c", "-memprofile=m", "./...").exits(1)
	for _, name := range []string{"c", "m"} {
		if !strings.HasPrefix(w.read(name), "\x1f\x8b") {
			t.Errorf("%s is no compressed profile", name)
		}
	}
}

// TestCostOfExample asks the real program what the example cost, and for
// profiles of that.
func TestCostOfExample(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program and analyses the example anew")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "leakvet")
	call := func(code int, name string, args ...string) (stdout, stderr string) {
		t.Helper()
		cmd := exec.Command(name, args...)
		var out, errs strings.Builder
		cmd.Stdout, cmd.Stderr = &out, &errs
		if err := cmd.Run(); cmd.ProcessState == nil || cmd.ProcessState.ExitCode() != code {
			t.Fatalf("%s %v: %v, want exit code %d\n%s%s", name, args, err, code, out.String(), errs.String())
		}
		return out.String(), errs.String()
	}
	call(0, "go", "build", "-o", program, ".")
	shop := filepath.Join("..", "..", "examples", "shop")
	plain, _ := call(1, program, "-C", shop, "./...")

	cpu, memory := filepath.Join(dir, "cpu"), filepath.Join(dir, "memory")
	out, stats := call(1, program, "-C", shop, "-stats=all", "-cpuprofile", cpu, "./...")
	if out != plain {
		t.Errorf("findings differ:\n%s\nwithout -stats:\n%s", out, plain)
	}
	names := lastWords(stats)
	rules, _ := call(0, program, "help")
	_, rules, _ = strings.Cut(rules, "Rules:\n\n")
	rules, _, _ = strings.Cut(rules, "\n\nFlags:")
	want := []string{"leaksummary"}
	for line := range strings.Lines(rules) {
		want = append(want, strings.Fields(line)[0])
	}
	pkgs, _ := call(0, "go", "-C", shop, "list", "./...")
	for _, name := range append(want, strings.Fields(pkgs)...) {
		if names[name] != 1 {
			t.Errorf("%d lines of %s:\n%s", names[name], name, stats)
		}
	}
	if len(want) < 10 || !regexp.MustCompile(` foreign  \S`).MatchString(stats) || !regexp.MustCompile(` std  net/http\n`).MatchString(stats) {
		t.Errorf("rules %v, and not all kinds of packages:\n%s", want, stats)
	}

	call(1, program, "-C", shop, "-memprofile", memory, "./...")
	for _, file := range []string{cpu, memory} {
		top, _ := call(0, "go", "tool", "pprof", "-top", "-cum", "-nodecount=100000", "-nodefraction=0", file)
		for _, fn := range []string{"/internal/unit.(*executor).exec", "/internal/leaksummary.run"} {
			if !strings.Contains(top, fn) {
				t.Errorf("%s: %s is not in\n%s", file, fn, top)
			}
		}
	}
}
