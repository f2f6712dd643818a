package main

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/clone"
	"github.com/leakvet/leakvet/tools/internal/gocmd"
	"github.com/leakvet/leakvet/tools/internal/record"
	"github.com/leakvet/leakvet/tools/internal/vetjson"
)

// verdict is what a tool makes of a fix.
type verdict int

const (
	missed verdict = iota // silent at the parent
	found                 // told at the parent, silent at the fix
	still                 // told at both
	broken                // a commit did not load
)

func (v verdict) String() string { return [...]string{"missed", "found", "still", "broken"}[v] }

// tool is a vet tool, whose findings fill some columns of the record.
type tool struct {
	columns []column
	runner  *units
}

// column is a column of the record.
type column struct {
	name  string
	rules []string // those that count; none means the rules of leakvet for the kind
}

// The columns of the record, by tool. A rival's finding counts whatever it is about.
var columns = map[string][]column{
	"default": {{name: "default"}},
	"audit":   {{name: "audit"}},
	"rivals": {
		{"bodyclose", []string{"bodyclose"}},
		{"contextcheck", []string{"contextcheck"}},
		{"fatcontext", []string{"fatcontext"}},
		{"lostcancel", []string{"lostcancel"}},
		{"noctx", []string{"noctx"}},
		{"rowserrcheck", []string{"rowserrcheck"}},
		{"sqlclosecheck", []string{"sqlclosecheck"}},
		{"staticcheck", []string{"SA1015", "SA5001", "SA5003", "SA9001"}},
	},
}

func toolNames() []string { return []string{"default", "audit", "rivals"} }

// columnNames returns the names of all columns, in order.
func columnNames() []string {
	var names []string
	for _, t := range toolNames() {
		for _, c := range columns[t] {
			names = append(names, c.name)
		}
	}
	return names
}

// buildTools compiles the tools that are asked for.
func buildTools(dir string, o options) ([]tool, error) {
	var tools []tool
	for _, name := range o.tools {
		t := tool{columns: columns[name]}
		module, pkg, flags := "..", "./cmd/leakvet", []string(nil)
		switch name {
		case "default":
		case "audit":
			flags = []string{"-leakconfig.tier=audit"}
		case "rivals":
			module, pkg = "rivals", "./all"
		default:
			return nil, fmt.Errorf("no tool is called %q: there are %s", name, strings.Join(toolNames(), ", "))
		}
		file := filepath.Join(dir, path.Base(pkg))
		if _, err := gocmd.Run(module, "build", "-buildvcs=false", "-o", file, pkg); err != nil {
			return nil, err
		}
		var err error
		if t.runner, err = newUnits(file, flags, o.cache); err != nil {
			return nil, err
		}
		tools = append(tools, t)
	}
	return tools, nil
}

// try returns the tool's verdicts on a fix, by column.
func (f fix) try(t tool, checkouts string) map[string]verdict {
	verdicts := map[string]verdict{}
	before, err := f.at(t, checkouts, f.before)
	var after []record.Entry
	if err == nil {
		after, err = f.at(t, checkouts, f.after)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "recall: %s: %v\n", f.name(), err)
	}
	for _, c := range t.columns {
		rules := c.rules
		if rules == nil {
			rules = kindOf(f.kind).rules
		}
		switch {
		case err != nil:
			verdicts[c.name] = broken
		case !f.before.told(before, rules):
			verdicts[c.name] = missed
		case f.after.told(after, rules):
			verdicts[c.name] = still
		default:
			verdicts[c.name] = found
		}
	}
	return verdicts
}

// told reports whether one of the rules tells of something in the lines.
func (l lines) told(findings []record.Entry, rules []string) bool {
	return slices.ContainsFunc(findings, func(e record.Entry) bool {
		return e.File == l.file && l.first <= e.Line && e.Line <= l.last && slices.Contains(rules, e.Rule)
	})
}

// at returns what the tool finds in the package that the lines are in, at their commit.
func (f fix) at(t tool, checkouts string, l lines) ([]record.Entry, error) {
	dir, _, err := clone.Of(checkouts, f.repository)
	if err != nil {
		return nil, err
	}
	// The go command names files where they really are.
	if dir, err = filepath.EvalSymlinks(dir); err == nil {
		dir, err = filepath.Abs(dir)
	}
	if err != nil {
		return nil, err
	}
	if err := clone.Git(dir, "checkout", "-q", "-f", l.commit); err != nil {
		return nil, err
	}
	module := filepath.Join(dir, filepath.FromSlash(f.module))
	if err := makeModule(module, path.Join("github.com", f.repository, f.module)); err != nil {
		return nil, err
	}
	pkg, err := filepath.Rel(module, filepath.Join(dir, filepath.FromSlash(path.Dir(l.file))))
	if err != nil {
		return nil, err
	}
	var first error
	for _, m := range modes {
		pkgs, err := list(module, "./"+filepath.ToSlash(pkg), m)
		var out []byte
		if err == nil {
			out, err = t.runner.run(pkgs, dir)
		}
		if err == nil {
			return vetjson.Parse(out, dir)
		}
		if first == nil {
			first = err
		}
	}
	return nil, fmt.Errorf("at %.12s: %w", l.commit, first)
}

// makeModule makes a module of a directory of a time before there were modules. What it
// needs is then looked up anew, by the mode that may add to a go.mod file.
func makeModule(dir, modulePath string) error {
	name := filepath.Join(dir, "go.mod")
	if exists(name) || !exists(dir) {
		return nil
	}
	return os.WriteFile(name, []byte("module "+modulePath+"\n\ngo 1.18\n"), 0o666)
}

// run runs a command and returns what it printed.
func run(cmd *exec.Cmd) ([]byte, error) {
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		const most = 500
		text := strings.TrimSpace(stderr.String())
		err = fmt.Errorf("%s: %w: %s", filepath.Base(cmd.Path), err, text[max(0, len(text)-most):])
	}
	return out, err
}
