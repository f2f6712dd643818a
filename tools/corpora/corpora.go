package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"

	"github.com/leakvet/leakvet/tools/internal/record"
	"github.com/leakvet/leakvet/tools/internal/vetjson"
)

// corpus is data and how it is run: a row of the table.
type corpus struct {
	name  string
	data  string         // its name in corpora.txt
	rules []string       // leakvet's that are about the same
	flags []string       // leakvet's
	words *regexp.Regexp // of the expectations that count; nil means all

	withContext bool   // give each function a context
	samples     string // the file of gosec's samples
}

// corpora are the rows of the table, in order.
var corpora = []corpus{
	{name: "bodyclose", data: "bodyclose", rules: []string{"respbody"}},
	{name: "contextcheck", data: "contextcheck", rules: []string{"ctxdrop", "ctxblock"}},
	{name: "noctx, with contexts", data: "noctx", rules: []string{"ctxdrop", "ctxblock"}, withContext: true},
	{name: "noctx, with contexts, audit tier and tests", data: "noctx", rules: []string{"ctxdrop", "ctxblock"}, withContext: true, flags: []string{"-leakconfig.tier=audit", "-leakconfig.tests"}},
	{name: "noctx", data: "noctx", rules: []string{"ctxdrop", "ctxblock"}},
	{name: "noctx, audit tier", data: "noctx", rules: []string{"ctxdrop", "ctxblock"}, flags: []string{"-leakconfig.tier=audit"}},
	{name: "sqlclosecheck", data: "sqlclosecheck", rules: []string{"resclose"}, words: regexp.MustCompile("not closed")},
	{name: "lostcancel", data: "lostcancel", rules: []string{"cancelleak"}, words: notReturn},
	{name: "lostcancel, `-leakconfig.vet`", data: "lostcancel", rules: []string{"cancelleak"}, words: notReturn, flags: []string{"-leakconfig.vet"}},
	{name: "lostcancel, `-leakconfig.vet`, audit tier", data: "lostcancel", rules: []string{"cancelleak"}, words: notReturn, flags: []string{"-leakconfig.vet", "-leakconfig.tier=audit"}},
	{name: "spancheck", data: "spancheck", rules: []string{"resclose"}, words: regexp.MustCompile("^span is unassigned|^span.End is not called")},
	{name: "SA1015", data: "SA1015", rules: []string{"timerleak"}},
	{name: "G112", data: "gosec", rules: []string{"connconf"}, samples: "g112_samples.go"},
	{name: "G114", data: "gosec", rules: []string{"connconf"}, samples: "g114_samples.go"},
}

// notReturn leaves out the second line that lostcancel prints of a leak, where it ends.
var notReturn = regexp.MustCompile("not used|not discarded")

// run compares leakvet with the data at dir and adds what it found to the record. It
// works in tmp, which it makes.
func (c corpus) run(leakvet, dir, tmp string, r *found) error {
	var d *data
	var err error
	if c.samples != "" {
		d, err = copySamples(tmp, filepath.Join(dir, c.samples))
	} else {
		d, err = c.copyData(tmp, dir)
	}
	if err != nil {
		return err
	}
	var findings []record.Entry
	for _, module := range d.modules {
		entries, err := vet(leakvet, filepath.Join(tmp, module), c.flags)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if slices.Contains(c.rules, e.Rule) {
				e.File = filepath.ToSlash(filepath.Join(module, e.File))
				findings = append(findings, e)
			}
		}
	}
	if len(d.expected) == 0 {
		return errors.New("nothing is expected there")
	}
	r.add(c.name, d.expected, d.findings(findings))
	return nil
}

// vet returns what leakvet tells of the module at dir, which must compile.
func vet(leakvet, dir string, flags []string) ([]record.Entry, error) {
	cmd := exec.Command("go", slices.Concat([]string{"vet", "-json", "-vettool=" + leakvet}, flags, []string{"./..."})...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "GOWORK=off")
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go vet: %w\n%s", err, stderr.String())
	}
	return vetjson.Parse(out, dir)
}
