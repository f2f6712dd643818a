package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/clone"
	"github.com/leakvet/leakvet/tools/internal/fields"
	"github.com/leakvet/leakvet/tools/internal/record"
)

// project is a line of projects.txt.
type project struct {
	repository string // owner/name at GitHub
	commit     string
	modules    []string // directories, with slashes
}

// readProjects reads a file of projects. A malformed line is an error with its
// number.
func readProjects(name string) ([]project, error) {
	var projects []project
	err := fields.Read(name, func(f []string) error {
		if len(f) < 3 || len(f[1]) != 40 || strings.Count(f[0], "/") != 1 {
			return errors.New("want owner/name, a commit of 40 digits and directories of modules")
		}
		projects = append(projects, project{f[0], f[1], f[2:]})
		return nil
	})
	return projects, err
}

// choose returns the projects with the given names, all if there are none.
func choose(all []project, names []string) ([]project, error) {
	if len(names) == 0 {
		return all, nil
	}
	var chosen []project
	for _, name := range names {
		i := slices.IndexFunc(all, func(p project) bool { return p.repository == name })
		if i < 0 {
			return nil, fmt.Errorf("%s does not name %s", projectsFile, name)
		}
		chosen = append(chosen, all[i])
	}
	return chosen, nil
}

func (p project) name() string { return path.Base(p.repository) }

func (p project) file() string { return filepath.Join(findingsDir, p.name()+".txt") }

// checkout returns the directory of the project's clone at its commit, and makes
// it if there is none. A clone at another commit is an error: it may be somebody's.
func (p project) checkout(checkouts string) (string, error) {
	dir, made, err := clone.Of(checkouts, p.repository)
	if err == nil && made {
		err = clone.Git(dir, "checkout", "-q", p.commit)
	}
	if err != nil {
		return "", err
	}
	at, err := clone.Head(dir)
	if err != nil {
		return "", err
	}
	if at != p.commit {
		return "", fmt.Errorf("%s is at %.12s: check out %.12s there, or remove it", dir, at, p.commit)
	}
	return dir, nil
}

// analyze returns what leakvet tells of a module in dir, by default and without
// the project's own configuration. Files are named from dir. Packages that do not
// load are told of and left out; a rule that fails is an error.
func analyze(leakvet, dir, module string) ([]record.Entry, error) {
	cmd := exec.Command(leakvet, "-config", "none", "-json", "./...")
	cmd.Dir = filepath.Join(dir, filepath.FromSlash(module))
	cmd.Env = append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		return nil, err
	}
	return parseOutput(out, module, stderr.String())
}

func parseOutput(out []byte, module, stderr string) ([]record.Entry, error) {
	var printed struct {
		Findings []struct {
			Rule, Message, File string
			Line                int
		}
		Failures []json.RawMessage
		Problems []string
	}
	if err := json.Unmarshal(out, &printed); err != nil {
		return nil, fmt.Errorf("leakvet in %s: %w\n%s", module, err, stderr)
	}
	if n := len(printed.Failures); n > 0 {
		return nil, fmt.Errorf("leakvet in %s: %d failures, such as %s", module, n, printed.Failures[0])
	}
	for _, problem := range printed.Problems {
		fmt.Fprintf(os.Stderr, "precision: in %s: %s\n", module, problem)
	}
	var entries []record.Entry
	for _, f := range printed.Findings {
		entries = append(entries, record.Entry{Rule: f.Rule, File: path.Join(module, f.File), Line: f.Line, Message: f.Message})
	}
	return entries, nil
}
