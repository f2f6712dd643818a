package main

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/fields"
)

// A kind is a kind of leak.
type kind struct {
	name, title string
	rules       []string // leakvet's that may tell of it
	unruled     bool     // there is no rule whose subject it is
}

var kinds = []kind{
	{"bodyclose", "response bodies", []string{"respbody", "resclose", "connconf"}, false},
	{"unclosed", "other resources", []string{"resclose", "respbody", "connconf"}, false},
	{"cancelleak", "cancel functions", []string{"cancelleak", "ctxdrop"}, false},
	{"ctxdrop", "contexts dropped", []string{"ctxdrop", "ctxblock"}, false},
	{"blocknoctx", "waits that nothing ends", []string{"ctxblock", "ctxdrop", "connconf"}, false},
	{"timer", "timers and tickers", []string{"timerleak"}, false},
	{"transport", "clients, servers and transports", []string{"connconf", "ctxblock"}, false},
	{"unboundedmap", "containers that only grow", []string{"mapgrow", "resclose"}, false},
	{"labelcard", "unbounded labels", []string{"labelcard", "mapgrow"}, false},
	{"errcache", "errors kept", []string{"errcache"}, false},
	{"goroutine", "*for which there is no rule*: goroutines that never end", []string{"ctxblock", "timerleak", "cancelleak"}, true},
	{"retention", "*for which there is no rule*: memory retained", []string{"ctxdrop", "timerleak", "mapgrow"}, true},
	{"other", "*for which there is no rule*: others", []string{"resclose", "errcache", "connconf"}, true},
}

func kindOf(name string) *kind {
	if i := slices.IndexFunc(kinds, func(k kind) bool { return k.name == name }); i >= 0 {
		return &kinds[i]
	}
	return nil
}

// fix is a line of a file of fixes: a commit that mended a leak.
type fix struct {
	kind, reach string
	repository  string // owner/name at GitHub
	module      string // its directory, with slashes
	before      lines  // the leak, at the parent
	after       lines  // the same at the fix
}

// How far a tool must see to know.
var reaches = []string{"local", "package", "crosspkg", "dynamic"}

// lines is a part of a file at a commit.
type lines struct {
	commit, file string
	first, last  int
}

// name tells fixes apart.
func (f fix) name() string {
	return fmt.Sprintf("%s@%.12s %s:%d-%d", f.repository, f.after.commit, f.after.file, f.after.first, f.after.last)
}

// readAll reads both files of fixes.
func readAll() (development, elsewhere []fix, err error) {
	if development, err = readFixes(developmentFile); err == nil {
		elsewhere, err = readFixes(elsewhereFile)
	}
	return development, elsewhere, err
}

// readFixes reads a file of fixes. A malformed line is an error with its number.
func readFixes(name string) ([]fix, error) {
	var fixes []fix
	err := fields.Read(name, func(c []string) error {
		f, err := parseFix(c)
		fixes = append(fixes, f)
		return err
	})
	return fixes, err
}

func parseFix(c []string) (f fix, err error) {
	if len(c) != 8 {
		return f, fmt.Errorf("%d columns, want kind, reach, repository, module, parent, its lines, fix, its lines", len(c))
	}
	f = fix{kind: c[0], reach: c[1], repository: c[2], module: c[3]}
	switch {
	case kindOf(f.kind) == nil:
		return f, fmt.Errorf("unknown kind %q", f.kind)
	case !slices.Contains(reaches, f.reach):
		return f, fmt.Errorf("unknown reach %q", f.reach)
	case strings.Count(f.repository, "/") != 1:
		return f, fmt.Errorf("repository %q is not owner/name", f.repository)
	}
	if f.before, err = parseLines(c[4], c[5]); err == nil {
		f.after, err = parseLines(c[6], c[7])
	}
	return f, err
}

func parseLines(commit, at string) (l lines, err error) {
	file, of, ok := strings.Cut(at, ":")
	if !ok || len(commit) != 40 || path.IsAbs(file) {
		return l, fmt.Errorf("%s %s: want a commit of 40 digits and file:first-last", commit, at)
	}
	l = lines{commit: commit, file: file}
	if _, err := fmt.Sscanf(of, "%d-%d", &l.first, &l.last); err != nil || l.first > l.last {
		return l, fmt.Errorf("%s: want file:first-last", at)
	}
	return l, nil
}
