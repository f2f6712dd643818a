package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/tools/internal/clone"
	"github.com/leakvet/leakvet/tools/internal/record"
)

// TestMain runs the tests where the command runs.
func TestMain(m *testing.M) {
	if err := os.Chdir(".."); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

func TestTablesOnPageAreThoseOfTheRecord(t *testing.T) {
	projects, err := readProjects(projectsFile)
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	want, err := withTables(page, projects)
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != string(want) {
		t.Errorf("%s is not what is on record: go -C tools run ./precision -tables", document)
	}
}

// A record of no project would be counted nowhere.
func TestEveryRecordHasAProject(t *testing.T) {
	projects, err := readProjects(projectsFile)
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]project{}
	for _, p := range projects {
		known[p.file()] = p
	}
	files, err := filepath.Glob(findingsDir + "/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		p, ok := known[f]
		if !ok {
			t.Errorf("%s: %s names no such project", f, projectsFile)
			continue
		}
		r, err := read(p.file())
		if err != nil {
			t.Error(err)
		}
		if want := p.repository + " at " + p.commit; r.Of != want {
			t.Errorf("%s is of %s, want %s", f, r.Of, want)
		}
	}
}

func TestReadProjectsErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "projects")
	for _, line := range []string{"a/b main .", "a/b " + strings.Repeat("0", 40), "b " + strings.Repeat("0", 40) + " ."} {
		if err := os.WriteFile(file, []byte("# comment\n"+line), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := readProjects(file); err == nil || !strings.Contains(err.Error(), file+":2: want") {
			t.Errorf("%q: error %v", line, err)
		}
	}
	if _, err := choose(nil, []string{"a/b"}); err == nil {
		t.Error("no error for a project that is not listed")
	}
}

func TestSample(t *testing.T) {
	var entries []record.Entry
	for i := range 200 {
		entries = append(entries, record.Entry{Rule: "respbody", File: "a.go", Line: i})
	}
	entries = append(entries, record.Entry{Rule: "mapgrow", File: "a.go", Line: 1})
	got := sampleOf(entries, 60)
	if len(got) != 61 {
		t.Fatalf("%d chosen, want %d", len(got), 61)
	}
	slices.Reverse(entries)
	again := sampleOf(entries, 60)
	slices.Reverse(again)
	if !slices.Equal(got, again) {
		t.Error("the choice depends on the order")
	}
	// A reader's verdict must not change which are chosen.
	for i := range entries {
		entries[i].Verdict, entries[i].Reason = record.True, "why"
	}
	for i, e := range sampleOf(entries, 60) {
		if e.Line != again[len(again)-1-i].Line {
			t.Fatal("the choice depends on verdicts")
		}
	}
}

func TestTables(t *testing.T) {
	entries := func(rule, file string, verdicts ...record.Verdict) (es []record.Entry) {
		for i, v := range verdicts {
			es = append(es, record.Entry{Rule: rule, File: file, Line: i, Verdict: v})
		}
		return es
	}
	projects := []project{{"cli/cli", strings.Repeat("1", 40), nil}, {"b/two", strings.Repeat("2", 40), nil}}
	records := map[string]record.File{"cli/cli": {Entries: slices.Concat(
		entries("respbody", "a.go", record.True, record.Arguable, record.Unread),
		entries("respbody", "a_test.go", record.False),
		entries("mapgrow", "a.go", record.True),
	)}, "b/two": {}}
	const rules = `| rule | findings | read | true | arguable | false |
|---|--:|--:|--:|--:|--:|
| mapgrow | 1 | 1 | 1 | 0 | 0 |
| respbody | 4 | 3 | 1 | 1 | 1 |
| respbody, outside tests | 3 | 2 | 1 | 1 | 0 |
| all | 5 | 4 | 2 | 1 | 1 |
| all, outside tests | 4 | 3 | 2 | 1 | 0 |
`
	if got := ruleTable(records); got != rules {
		t.Errorf("got\n%s\nwant\n%s", got, rules)
	}
	const byProject = `| project | commit | rule | findings | read | true | arguable | false |
|---|---|---|--:|--:|--:|--:|--:|
| cli/cli | 111111111111 | mapgrow | 1 | 1 | 1 | 0 | 0 |
| cli/cli | 111111111111 | respbody | 4 | 3 | 1 | 1 | 1 |
| b/two | 222222222222 | none | 0 | 0 | 0 | 0 | 0 |
`
	if got := projectTable(projects, records); got != byProject {
		t.Errorf("got\n%s\nwant\n%s", got, byProject)
	}
	const rivals = `| tool | findings | read | true | arguable | false |
|---|--:|--:|--:|--:|--:|
| bodyclose | 2 | 2 | 1 | 0 | 1 |
| leakvet | 4 | 3 | 2 | 1 | 0 |
`
	theirs := record.File{Entries: entries("bodyclose", "cli/cli/a.go", record.True, record.False)}
	if got := rivalTable(theirs, records); got != rivals {
		t.Errorf("got\n%s\nwant\n%s", got, rivals)
	}
}

func TestParseRivals(t *testing.T) {
	const gosec = `{"Issues": [{"severity": "MEDIUM", "rule_id": "G112", "details": "no limit", "file": "/m/s.go", "line": "7-9"}]}`
	got, err := parseGosec([]byte(gosec), "/m")
	if want := "[gosec G112\ts.go:7\tno limit\t\t]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
}

func TestParseOutput(t *testing.T) {
	const finding = `{"rule": "respbody", "message": "body", "file": "p/a.go", "line": 3, "steps": []}`
	got, err := parseOutput([]byte(`{"findings": [`+finding+`]}`), "sub", "")
	if want := "[respbody\tsub/p/a.go:3\tbody\t\t]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
	for _, out := range []string{"", `{"failures": [{"rule": "respbody"}]}`} {
		if _, err := parseOutput([]byte(out), ".", "go: no module"); err == nil {
			t.Errorf("%q: no error", out)
		}
	}
}

func TestCheckoutAtAnotherCommit(t *testing.T) {
	dir := t.TempDir()
	if err := clone.Git(dir, "init", "-q", "one"); err != nil {
		t.Fatal(err)
	}
	if err := clone.Git(dir, "-C", "one", "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "--allow-empty", "-m", "a"); err != nil {
		t.Fatal(err)
	}
	_, err := project{"a/one", strings.Repeat("1", 40), nil}.checkout(dir)
	if err == nil || !strings.Contains(err.Error(), "check out 111111111111 there") {
		t.Errorf("error %v", err)
	}
}
