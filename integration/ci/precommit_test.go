package ci

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPreCommit has pre-commit check the hook's manifest and the recipe, build
// leakvet from the checkout, and run the hook in a repository.
func TestPreCommit(t *testing.T) {
	env := []string{"PRE_COMMIT_HOME=" + t.TempDir()}
	text := recipe(t, "repos:")
	config := filepath.Join(t.TempDir(), "config.yaml")
	write(t, config, text)
	command{root, env, []string{"pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"}}.run(t)
	command{root, env, []string{"pre-commit", "validate-config", config}}.run(t)
	wrong := filepath.Join(t.TempDir(), "hooks.yaml")
	write(t, wrong, strings.Replace(read(t, ".pre-commit-hooks.yaml"), "entry:", "entri:", 1))
	command{root, env, []string{"pre-commit", "validate-manifest", wrong}}.run(t, 1)

	source := checkout(t)
	commit(t, source)
	command{source, nil, []string{"git", "tag", release}}.run(t)
	user := t.TempDir()
	shop(t, user)
	write(t, filepath.Join(user, ".gitignore"), ".pre-commit-config.yaml\n")
	commit(t, user)
	write(t, filepath.Join(user, ".pre-commit-config.yaml"), strings.Replace(text, "https://github.com/leakvet/leakvet", source, 1))

	modules := strings.TrimSpace(command{user, nil, []string{"go", "env", "GOMODCACHE"}}.run(t))
	// So the hook's leakvet is the same in each run, and results are kept.
	env = append(env, "GOMODCACHE="+modules, "GOFLAGS=-trimpath -buildvcs=false")
	hook := func(code int, args ...string) string {
		t.Helper()
		return command{user, env, append([]string{"pre-commit", "run", "--color=never"}, args...)}.run(t, code)
	}
	if got := hook(1, "--all-files"); !strings.Contains(got, "[respbody]") || !strings.Contains(got, "findings in") {
		t.Errorf("the hook says\n%s", got)
	}
	// Without a Go file in the commit there is nothing to do.
	write(t, filepath.Join(user, "README"), "A shop.\n")
	command{user, nil, []string{"git", "add", "README"}}.run(t)
	if got := hook(0); !strings.Contains(got, "Skipped") {
		t.Errorf("the hook says\n%s", got)
	}

	// What the recipe says of -new-from: only a new leak fails.
	narrow := strings.Replace(text, "https://github.com/leakvet/leakvet", source, 1) + "        args: [-new-from=HEAD, ./...]\n"
	write(t, filepath.Join(user, ".pre-commit-config.yaml"), narrow)
	name := filepath.Join(user, "problem/problem.go")
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	write(t, name, string(data)+"\n// Nothing leaks here.\n")
	command{user, nil, []string{"git", "add", "problem"}}.run(t)
	if got := hook(0); !strings.Contains(got, "Passed") {
		t.Errorf("the hook says\n%s", got)
	}
	write(t, filepath.Join(user, "problem/leak.go"), `package problem

import "net/http"

func leak() error {
	resp, err := http.Get("https://example.com")
	if err != nil {
		return err
	}
	println(resp.StatusCode)
	return nil
}
`)
	command{user, nil, []string{"git", "add", "problem"}}.run(t)
	if got := hook(1); !strings.Contains(got, "1 finding in 1 file") {
		t.Errorf("the hook says\n%s", got)
	}
}
