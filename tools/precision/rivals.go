package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/gocmd"
	"github.com/leakvet/leakvet/tools/internal/record"
	"github.com/leakvet/leakvet/tools/internal/vetjson"
)

const (
	rivalsFile   = "precision/rivals.txt"
	rivalsModule = "rivals"
	// gosecRules are the ones that have to do with leaks: servers without time
	// limits, and contexts and goroutines that are lost.
	gosecRules = "G112,G114,G118"
)

// rivalProjects are where the rivals are compared, in their root modules.
var rivalProjects = []string{
	"prometheus/prometheus", "thanos-io/thanos", "traefik/traefik", "caddyserver/caddy", "coredns/coredns",
	"cli/cli", "distribution/distribution",
}

// compareRivals runs the rivals over the projects, test files left out, and
// compares what they find with the record, or records it. Files are named by
// repository.
func compareRivals(w io.Writer, o options) (same bool, err error) {
	if len(o.only) == 0 {
		o.only = rivalProjects
	} else if o.update {
		return false, errors.New("the record of the rivals is of all their projects")
	}
	projects, err := o.projects()
	if err != nil {
		return false, err
	}
	tmp, err := os.MkdirTemp("", "leakvet-rivals-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(tmp)
	if _, err := gocmd.Run(rivalsModule, "build", "-o", tmp+"/", "./all", "github.com/securego/gosec/v2/cmd/gosec"); err != nil {
		return false, err
	}
	var found []record.Entry
	for _, p := range projects {
		fmt.Fprintf(os.Stderr, "precision: rivals in %s\n", p.repository)
		dir, err := p.checkout(o.checkouts)
		if err != nil {
			return false, err
		}
		vet, err := runVetTool(dir, filepath.Join(tmp, "all"))
		if err != nil {
			return false, fmt.Errorf("%s: %w", p.repository, err)
		}
		gosec, err := runGosec(dir, filepath.Join(tmp, "gosec"))
		if err != nil {
			return false, fmt.Errorf("%s: %w", p.repository, err)
		}
		for _, e := range append(vet, gosec...) {
			if !strings.HasSuffix(e.File, "_test.go") {
				e.File = path.Join(p.repository, e.File)
				found = append(found, e)
			}
		}
	}
	of := strings.Join(rivalProjects, ", ") + " by the tools that " + rivalsModule + "/go.mod names"
	return compare(w, rivalsFile, record.File{Of: of, Entries: found}, o.update)
}

// runVetTool returns what a vet tool says of the module at dir. Packages that do
// not compile are left out.
func runVetTool(dir, tool string) ([]record.Entry, error) {
	cmd := exec.Command("go", "vet", "-json", "-vettool="+tool, "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || len(out) == 0) {
		return nil, fmt.Errorf("go vet: %w\n%s", err, stderr.String())
	}
	return vetjson.Parse(out, dir)
}

// runGosec returns what gosec's rules about leaks say of the module at dir.
func runGosec(dir, gosec string) ([]record.Entry, error) {
	cmd := exec.Command(gosec, "-quiet", "-fmt=json", "-no-fail", "-include="+gosecRules, "./...")
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("gosec: %w\n%s", err, stderr.String())
	}
	return parseGosec(out, dir)
}

func parseGosec(out []byte, dir string) ([]record.Entry, error) {
	if len(bytes.TrimSpace(out)) == 0 { // it is quiet if it finds nothing
		return nil, nil
	}
	var printed struct {
		Issues []struct {
			Rule    string `json:"rule_id"`
			Details string
			File    string
			Line    string // one, or first-last
		}
	}
	if err := json.Unmarshal(out, &printed); err != nil {
		return nil, fmt.Errorf("gosec: %w", err)
	}
	var entries []record.Entry
	for _, i := range printed.Issues {
		line, _, _ := strings.Cut(i.Line, "-")
		e, err := vetjson.Entry(dir, "gosec "+i.Rule, i.File+":"+line, i.Details)
		if err != nil {
			return nil, err
		}
		entries = append(entries, e...)
	}
	return entries, nil
}
