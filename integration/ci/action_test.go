package ci

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v3"
)

// action is what the tests need of action.yml.
type action struct {
	Inputs  map[string]struct{ Default string }
	Outputs map[string]struct{ Value string }
	Runs    struct {
		Steps []struct {
			ID, Name, Shell, Run string
			Env                  map[string]string
		}
	}
}

func readAction(t *testing.T) *action {
	t.Helper()
	var a action
	if err := yaml.Unmarshal([]byte(read(t, "action.yml")), &a); err != nil {
		t.Fatal(err)
	}
	return &a
}

// TestActionIsValid checks action.yml against the schema of actions, and its
// scripts with shellcheck.
func TestActionIsValid(t *testing.T) {
	validate := []string{"npm", "exec", "--yes", "--package=@action-validator/cli@0.6.0", "--package=@action-validator/core@0.6.0", "--", "action-validator", "action.yml"}
	command{root, nil, validate}.run(t)
	wrong := t.TempDir()
	write(t, filepath.Join(wrong, "action.yml"), strings.Replace(read(t, "action.yml"), "shell: bash", "shel: bash", 1))
	command{wrong, nil, validate}.run(t, 1)

	for _, step := range readAction(t).Runs.Steps {
		if strings.Contains(step.Run, "${{") {
			t.Errorf("%s: an expression is pasted into the script", step.Name)
		}
		script := filepath.Join(t.TempDir(), "script")
		write(t, script, step.Run)
		command{"", nil, []string{"shellcheck", "--shell=" + step.Shell, "--severity=style", script}}.run(t)
	}
}

// TestWorkflows checks the recipes with actionlint, which takes the inputs that
// there are from action.yml.
func TestWorkflows(t *testing.T) {
	for _, first := range []string{"name: leakvet", "name: code scanning"} {
		text := recipe(t, first)
		if got := lintWorkflow(t, text); got != "" {
			t.Errorf("%s:\n%s", first, got)
		}
		wrong := strings.Replace(text, "        with:\n          new-from:", "        with:\n          newfrom:", 1)
		wrong = strings.Replace(wrong, "outputs.report", "outputs.reports", 1)
		if got := lintWorkflow(t, wrong); !strings.Contains(got, `"newfrom"`) && !strings.Contains(got, `"reports"`) {
			t.Errorf("%s: actionlint does not tell what is wrong: %s", first, got)
		}
	}
}

func lintWorkflow(t *testing.T, text string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "action.yml"), read(t, "action.yml"))
	local := strings.Replace(text, "uses: leakvet/leakvet@"+release, "uses: ./", 1)
	if local == text {
		t.Fatalf("the workflow does not use the action:\n%s", text)
	}
	name := filepath.Join(dir, ".github/workflows/leakvet.yml")
	write(t, name, local)
	project, err := actionlint.NewProject(dir)
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	linter, err := actionlint.NewLinter(&out, &actionlint.LinterOptions{Shellcheck: "shellcheck", Oneline: true})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := linter.LintFile(name, project); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// runner is what GitHub gives the steps of a job.
type runner struct {
	workspace, temp, output string
	env                     []string
}

func newRunner(t *testing.T) *runner {
	t.Helper()
	path, err := filepath.Abs(root)
	if err != nil {
		t.Fatal(err)
	}
	r := &runner{workspace: t.TempDir(), temp: t.TempDir()}
	r.output = filepath.Join(r.temp, "output")
	r.env = []string{"RUNNER_TEMP=" + r.temp, "GITHUB_OUTPUT=" + r.output, "GITHUB_ACTION_PATH=" + path}
	return r
}

var input = regexp.MustCompile(`^\$\{\{ inputs\.([\w-]+) \}\}$`)

// step runs a step of the action as GitHub does, and returns its log and outputs.
func (r *runner) step(t *testing.T, i int, inputs map[string]string, code int, env ...string) (log string, outputs map[string]string) {
	t.Helper()
	a := readAction(t)
	for name := range inputs {
		if _, ok := a.Inputs[name]; !ok {
			t.Fatalf("the action has no input %s", name)
		}
	}
	step := a.Runs.Steps[i]
	env = append(r.env, env...)
	for name, value := range step.Env {
		if m := input.FindStringSubmatch(value); m != nil {
			known, ok := a.Inputs[m[1]]
			if !ok {
				t.Fatalf("%s asks for the input %s", step.Name, m[1])
			}
			if value, ok = inputs[m[1]]; !ok {
				value = known.Default
			}
		}
		env = append(env, name+"="+value)
	}
	script := filepath.Join(r.temp, "script.sh")
	write(t, script, step.Run)
	write(t, r.output, "")
	log = command{r.workspace, env, []string{"bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script}}.run(t, code)
	data, err := os.ReadFile(r.output)
	if err != nil {
		t.Fatal(err)
	}
	outputs = make(map[string]string)
	for line := range strings.Lines(string(data)) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		if _, ok := a.Outputs[name]; !ok {
			t.Errorf("the step sets %s, which the action does not hand on", name)
		}
		outputs[name] = value
	}
	return log, outputs
}

const install, run = 0, 1 // the steps

// TestAction runs the action's scripts in a workspace with the example.
func TestAction(t *testing.T) {
	r := newRunner(t)
	shop(t, filepath.Join(r.workspace, "shop"))
	write(t, filepath.Join(r.workspace, "bad/go.mod"), "module bad\n\ngo 1.26\n")
	write(t, filepath.Join(r.workspace, "bad/bad.go"), "package bad\n\nfunc f() { missing() }\n")
	commit(t, r.workspace)
	// What the job sets for its own code is not in the way.
	r.step(t, install, nil, 0, "GOFLAGS=-mod=vendor", "GOWORK=/no/go.work", "GOOS=plan9")

	annotation := regexp.MustCompile(`(?m)^::warning file=shop/inventory/client\.go,line=\d+,`)
	for _, test := range []struct {
		name   string
		inputs map[string]string
		code   int
		report string
		log    string // what the log has
	}{
		{"findings", nil, 1, "", "::warning file=shop/pricefeed/pricefeed.go,line="},
		{"no findings", map[string]string{"packages": "./problem"}, 0, "", ""},
		{"several packages", map[string]string{"packages": "./problem\n./pricefeed ./inventory"}, 1, "", "::warning file=shop/inventory/client.go,line="},
		{"nothing fails", map[string]string{"fail-on": "never"}, 0, "", "::warning "},
		{"flags", map[string]string{"args": "-rule=mapgrow -short", "format": "text"}, 1, "", "[mapgrow]"},
		{"sarif", map[string]string{"format": "sarif"}, 1, "leakvet.sarif", "The findings are in leakvet.sarif."},
		{"a named report", map[string]string{"format": "sarif", "report": "out put.json", "fail-on": "never"}, 0, "out put.json", ""},
		{"nothing is new", map[string]string{"new-from": "HEAD"}, 0, "", ""},
		{"a baseline", map[string]string{"baseline": "known", "args": "-write-baseline"}, 0, "", "added"},
		{"a known baseline", map[string]string{"baseline": "known"}, 0, "", "known"},
		{"what does not compile", map[string]string{"working-directory": "bad"}, 2, "", "::error title=leakvet::"},
		{"what does not compile, never failing", map[string]string{"working-directory": "bad", "fail-on": "never", "format": "sarif"}, 2, "leakvet.sarif", "::error title=leakvet::"},
		{"a wrong flag", map[string]string{"args": "-no-such-flag"}, 2, "", "::error title=leakvet::"},
		{"a command", map[string]string{"packages": "$(touch taken) `touch taken`; touch taken", "new-from": "\"; touch taken; \""}, 2, "", "::error title=leakvet::"},
	} {
		t.Run(test.name, func(t *testing.T) {
			inputs := map[string]string{"working-directory": "shop"}
			for name, value := range test.inputs {
				inputs[name] = value
			}
			log, outputs := r.step(t, run, inputs, test.code)
			if !strings.Contains(log, test.log) {
				t.Errorf("the log has no %q:\n%s", test.log, log)
			}
			if want := string(rune('0' + test.code)); outputs["exit-code"] != want || outputs["report"] != test.report {
				t.Errorf("the outputs are %v", outputs)
			}
			if told := strings.Contains(log, "::warning "); told && (test.report != "" || test.log == "") {
				t.Errorf("the log has annotations:\n%s", log)
			}
			if test.name == "findings" && len(annotation.FindAllString(log, -1)) < 2 {
				t.Errorf("the log has not all annotations:\n%s", log)
			}
			if test.report != "" {
				results := sarif(t, filepath.Join(r.workspace, test.report))
				if found := results > 10; found != (inputs["working-directory"] == "shop") {
					t.Errorf("%d results", results)
				}
			}
		})
	}
	if taken, _ := filepath.Glob(filepath.Join(r.workspace, "taken")); taken != nil {
		t.Error("an input was run")
	}
}

// sarif counts the results in a report.
func sarif(t *testing.T, name string) int {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var log struct{ Runs []struct{ Results []any } }
	if err := json.Unmarshal(data, &log); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	return len(log.Runs[0].Results)
}

// TestActionVersion checks what is installed if a version is named.
func TestActionVersion(t *testing.T) {
	r := newRunner(t)
	bin := t.TempDir()
	write(t, filepath.Join(bin, "go"), "#!/bin/sh\necho \"go $* into $GOBIN\"\n")
	if err := os.Chmod(filepath.Join(bin, "go"), 0o777); err != nil {
		t.Fatal(err)
	}
	log, _ := r.step(t, install, map[string]string{"version": "v1.2.3"}, 0, "PATH="+bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	if want := "go install github.com/leakvet/leakvet/cmd/leakvet@v1.2.3 into " + r.temp + "/leakvet\n"; log != want {
		t.Errorf("%q was run, want %q", log, want)
	}
}
