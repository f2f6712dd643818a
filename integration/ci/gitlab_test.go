package ci

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// gitlab runs gitlab-ci-local, which checks a pipeline by GitLab's schema and
// runs its jobs without a container.
func gitlab(dir string, env []string, args ...string) command {
	args = append([]string{"npm", "exec", "--yes", "--package=gitlab-ci-local@4.69.0", "--", "gitlab-ci-local"}, args...)
	return command{dir, env, args}
}

// TestGitLab checks the recipe, and runs its job: the report is there though the
// job fails, and has what GitLab wants to know of each finding.
func TestGitLab(t *testing.T) {
	text := recipe(t, "leakvet:")
	wrong := t.TempDir()
	write(t, filepath.Join(wrong, ".gitlab-ci.yml"), strings.Replace(text, "codequality:", "codequalty:", 1))
	if got := gitlab(wrong, nil, "--list").run(t, 1); !strings.Contains(got, "codequalty") {
		t.Errorf("the check does not tell what is wrong:\n%s", got)
	}

	dir := t.TempDir()
	shop(t, dir)
	write(t, filepath.Join(dir, ".gitlab-ci.yml"), text)
	commit(t, dir)
	gitlab(dir, nil, "--list").run(t)

	// In place of the release the checkout is installed, and caches are at hand.
	here := strings.Fields(command{"", nil, []string{"go", "env", "GOCACHE", "GOMODCACHE"}}.run(t))
	bin := t.TempDir()
	command{root, []string{"GOBIN=" + bin}, []string{"go", "install", "./cmd/leakvet"}}.run(t)
	local := strings.NewReplacer(
		"go install github.com/leakvet/leakvet/cmd/leakvet@"+release, "mkdir -p $GOPATH/bin; cp "+bin+"/leakvet $GOPATH/bin",
		"GOCACHE: $CI_PROJECT_DIR/.go/cache", "GOCACHE: "+here[0],
	).Replace(text)
	write(t, filepath.Join(dir, ".gitlab-ci.yml"), local)
	got := gitlab(dir, []string{"GOMODCACHE=" + here[1]}, "--force-shell-executor", "--shell-isolation=false", "leakvet").run(t, 1)

	data, err := os.ReadFile(filepath.Join(dir, "gl-code-quality-report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got)
	}
	var report []struct {
		Description string
		CheckName   string `json:"check_name"`
		Fingerprint string
		Severity    string
		Location    struct {
			Path  string
			Lines struct{ Begin int }
		}
	}
	if err := json.Unmarshal(data, &report); err != nil {
		t.Fatalf("%v in\n%s", err, data)
	}
	if len(report) < 10 {
		t.Errorf("%d findings:\n%s", len(report), data)
	}
	known := make(map[string]bool)
	severities := map[string]bool{"info": true, "minor": true, "major": true, "critical": true, "blocker": true}
	for _, f := range report {
		_, err := os.Stat(filepath.Join(dir, f.Location.Path))
		if err != nil || f.Location.Lines.Begin < 1 || f.Description == "" || f.CheckName == "" || !severities[f.Severity] {
			t.Errorf("GitLab does not show %+v", f)
		}
		if f.Fingerprint == "" || known[f.Fingerprint] {
			t.Errorf("the fingerprint of %+v is not its own", f)
		}
		known[f.Fingerprint] = true
	}
}
