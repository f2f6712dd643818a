package main

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	xmodule "golang.org/x/mod/module"
	"golang.org/x/mod/semver"

	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

// library is a module that rows speak of, and what is known of its newest
// version.
type library struct {
	apitest.Library

	newest string   // "" if the go command cannot tell
	newer  []string // versions after the required one, newest first
	tried  string   // the version that the rows were held to
	kept   string   // why that is not the newest
	notice string   // what the module says of its end, or of the required version's

	rows       []string // what rows say that does not hold
	deprecated []string // what rows speak of that is deprecated since the required version
	majors     []string // newer major versions that no row speaks of
}

// module is what go list -m -json prints of a module.
type module struct {
	Path, Version string
	Versions      []string // in order
	Update        *struct{ Version string }
	Retracted     []string
	Deprecated    string
	Error         *struct{ Err string }
}

// know takes what the go command says of a library's newest version.
func (l *library) know(m module) {
	l.notice = m.Deprecated
	if len(m.Retracted) > 0 {
		l.notice = l.Version + " is retracted: " + strings.Join(m.Retracted, " ")
	}
	if m.Update != nil {
		l.newest = m.Update.Version
		l.newer = newer(m)
	} else if m.Error == nil {
		l.newest = l.Version
	}
}

// newer returns the versions to try: the newest, which may be no release, and the
// releases between that and the required one.
func newer(m module) []string {
	list := []string{m.Update.Version}
	for _, v := range slices.Backward(m.Versions) {
		if semver.Prerelease(v) == "" && semver.Compare(v, m.Update.Version) < 0 && semver.Compare(v, m.Version) > 0 {
			list = append(list, v)
		}
	}
	return list
}

var (
	otherPath = regexp.MustCompile(`module declares its path as:\s+(\S+)`)
	newerGo   = regexp.MustCompile(`requires go >= (\S+)`)
	missing   = regexp.MustCompile(`(\S+)@\S+: reading `)
)

// whyNot says in a few words why go get failed: its own words name the machine.
func whyNot(stderr string) string {
	if m := otherPath.FindStringSubmatch(stderr); m != nil {
		return "it is now " + m[1]
	}
	if m := newerGo.FindStringSubmatch(stderr); m != nil {
		return "it needs Go " + m[1]
	}
	if m := missing.FindStringSubmatch(stderr); m != nil {
		return m[1] + ", which it needs, cannot be downloaded"
	}
	return "it cannot be required beside the others"
}

// newerMajors fills in which modules in use are newer major versions of a
// library, for the highest of those that rows speak of.
func newerMajors(libs []*library, inUse []module) {
	highest := map[string]*library{}
	for _, l := range libs {
		prefix, major := splitMajor(l.Path)
		if h := highest[prefix]; h == nil || major > majorOf(h.Path) {
			highest[prefix] = l
		}
	}
	for _, m := range inUse {
		prefix, major := splitMajor(m.Path)
		if h := highest[prefix]; h != nil && major > majorOf(h.Path) {
			h.majors = append(h.majors, m.Path)
		}
	}
	for _, l := range libs {
		slices.SortFunc(l.majors, func(a, b string) int { return cmp.Compare(majorOf(a), majorOf(b)) })
	}
}

// splitMajor splits a module's path into what its major versions share and the
// number of its own, which is 1 without one.
func splitMajor(path string) (prefix string, major int) {
	prefix, suffix, ok := xmodule.SplitPathVersion(path)
	if !ok {
		return path, 1
	}
	n, err := strconv.Atoi(strings.TrimLeft(suffix, "/.v"))
	if err != nil {
		return prefix, 1
	}
	return prefix, n
}

func majorOf(path string) int {
	_, n := splitMajor(path)
	return n
}
