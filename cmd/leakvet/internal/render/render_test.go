package render

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/mattn/go-runewidth"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
)

func TestName(t *testing.T) {
	o := Options{Base: filepath.FromSlash("/home/me/shop")}
	for file, want := range map[string]string{
		"/home/me/shop/a/b.go": "a/b.go",
		"/home/me/lib/b.go":    "../lib/b.go",
		"/etc/b.go":            "/etc/b.go",
		"net/http/client.go":   "net/http/client.go",
		"":                     "",
	} {
		if got := o.name(filepath.FromSlash(file)); got != want {
			t.Errorf("%s is called %s, want %s", file, got, want)
		}
	}
}

// source is what the tests' findings are about; its second line is longer in
// bytes than in characters, and longer in columns than in both.
const source = "package p\n\tx, err := \"日本\" + open(\x1b[31m) // and more of it that goes on to the right\n}\n"

// sample returns a document with a finding in source, and one where there
// is no file.
func sample(t *testing.T) (*Document, Options) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "a b%,:.go")
	if err := os.WriteFile(file, []byte(source), 0o666); err != nil {
		t.Fatal(err)
	}
	at := strings.Index(source, "open") - strings.Index(source, "\n") // the column, in bytes
	pos := finding.Position{File: file, Line: 2, Column: at}
	end := finding.Position{File: file, Line: 2, Column: at + len("open")}
	edit := strings.Index(source, "}")
	f := finding.Finding{
		Package: "example.com/p", Rule: "resclose", Message: "x from open is not closed: 100%\nreally", Pos: pos, End: end,
		Function: "F", Subject: "open x,err", Ordinal: 1, Severity: finding.Warning,
		Steps: []finding.Step{{Position: finding.Position{File: file, Line: 3, Column: 1}, Message: "the function ends here"}},
		Fixes: []finding.Fix{{Message: "close x", Edits: []finding.Edit{{File: file, Start: edit, End: edit, New: "x.Close()\n"}}}},
	}
	none := finding.Finding{Package: "example.com/p", Rule: "ctxdrop", Message: "m", Pos: finding.Position{File: "/no/such.go"}, Audit: true, Ordinal: 1, Severity: finding.Note}
	bad := none
	bad.Pos, bad.Severity = finding.Position{File: "/no/such.go", Line: 3, Column: 4}, finding.Error
	d := &Document{Report: &finding.Report{Findings: []finding.Finding{none, bad, f}}, Version: "v1.2.3"}
	for _, name := range []string{"ctxdrop", "resclose"} {
		r := &rules.Rule{Name: name, URL: "https://example.com/" + name, Advice: "do " + name}
		r.Title, r.Text = "report "+name, "It reports."
		d.Rules = append(d.Rules, r)
	}
	return d, Options{Base: dir}
}

func render(t *testing.T, format string, d *Document, o Options) string {
	t.Helper()
	var b strings.Builder
	if err := Write(&b, format, d, o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func equal(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestText(t *testing.T) {
	d, o := sample(t)
	equal(t, render(t, "text", d, o), `/no/such.go
    m [ctxdrop, note]
      advice: do ctxdrop
      https://example.com/ctxdrop

  3:4  m [ctxdrop, error]
      advice: do ctxdrop
      https://example.com/ctxdrop

a b%,:.go
  2:23  x from open is not closed: 100%`+"\uFFFD"+`really [resclose]
      | x, err := "日本" + open(`+"\uFFFD"+`[31m) // and more of it that goes on to the right
      |                    ^~~~
      3:1     the function ends here
              | }
      fix: close x
      https://example.com/resclose

3 findings in 2 files: 2 ctxdrop, 1 resclose
`)
	equal(t, render(t, "short", d, o), "/no/such.go: m [ctxdrop, note]\n/no/such.go:3:4: m [ctxdrop, error]\n"+
		"a b%,:.go:2:23: x from open is not closed: 100%\uFFFDreally [resclose]\n")
	equal(t, render(t, "text", &Document{Report: new(finding.Report)}, o), "")
}

func TestWidth(t *testing.T) {
	d, o := sample(t)
	for o.Width = 24; o.Width < 90; o.Width++ {
		got := render(t, "text", d, o)
		for line := range strings.Lines(got) {
			line = strings.TrimSuffix(line, "\n")
			if n := runewidth.StringWidth(line); n > max(o.Width, 34) && !strings.Contains(line, "https://") {
				t.Errorf("%d columns of %d: %q", n, o.Width, line)
			}
		}
		lines := strings.Split(got, "\n")
		for i, line := range lines {
			before, _, ok := strings.Cut(line, "^~~~")
			if ok && !strings.HasPrefix(runewidth.TruncateLeft(lines[i-1], runewidth.StringWidth(before), ""), "open") {
				t.Errorf("at width %d the mark is off:\n%s\n%s", o.Width, lines[i-1], line)
			}
		}
	}
}

func TestColor(t *testing.T) {
	d, o := sample(t)
	o.Color = true
	got := render(t, "text", d, o)
	for _, want := range []string{red + "[ctxdrop, error]" + plain, cyan + "[ctxdrop, note]" + plain, yellow + "[resclose]" + plain} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if strings.Contains(got, "\x1b[31m)") {
		t.Error("the terminal obeys the source")
	}
}

func TestGitHub(t *testing.T) {
	d, o := sample(t)
	equal(t, render(t, "github", d, o), `::notice file=/no/such.go,title=leakvet%3A ctxdrop::m%0Ado ctxdrop
::error file=/no/such.go,line=3,col=4,title=leakvet%3A ctxdrop::m%0Ado ctxdrop
::warning file=a b%25%2C%3A.go,line=2,endLine=2,col=19,endColumn=23,title=leakvet%3A resclose::x from open is not closed: 100%25%0Areally%0Aa b%25,:.go:3:1: the function ends here%0Ado resclose
`)
}

func TestCheckstyle(t *testing.T) {
	d, o := sample(t)
	d.Report.Findings[2].Message = `"<&>" leaks` + "\x00"
	got := render(t, "checkstyle", d, o)
	var back xmlReport
	if err := xml.Unmarshal([]byte(got), &back); err != nil {
		t.Fatal(err)
	}
	if len(back.Files) != 2 || len(back.Files[0].Errors) != 2 || back.Files[1].Name != "a b%,:.go" {
		t.Fatalf("got %s", got)
	}
	if e := back.Files[1].Errors[0]; e != (xmlError{2, 19, "warning", `"<&>" leaks` + "\uFFFD", "leakvet.resclose"}) {
		t.Errorf("got %+v", e)
	}
}

func TestGitLab(t *testing.T) {
	d, o := sample(t)
	var issues []gitlabIssue
	if err := json.Unmarshal([]byte(render(t, "gitlab", d, o)), &issues); err != nil {
		t.Fatal(err)
	}
	want := gitlabIssue{d.Report.Findings[2].Message, "resclose", d.Report.Findings[2].Fingerprint().Hash(), "minor", gitlabLocation{"a b%,:.go", gitlabLines{2}}}
	if len(issues) != 3 || issues[2] != want {
		t.Errorf("got %+v", issues)
	}
	if got := render(t, "gitlab", &Document{Report: new(finding.Report)}, o); got != "[]\n" {
		t.Errorf("got %q", got)
	}
}

// sarifBack is the part of SARIF that the test reads back.
type sarifBack struct {
	Version string
	Runs    []struct {
		Results []struct {
			RuleID              string
			RuleIndex           *int
			Level               string
			PartialFingerprints map[string]string
			Locations           []struct {
				PhysicalLocation struct {
					ArtifactLocation struct{ URI, URIBaseID string }
					Region           struct{ StartLine, StartColumn, EndLine, EndColumn int }
				}
			}
			CodeFlows []struct {
				ThreadFlows []struct {
					Locations []struct {
						Location struct{ Message struct{ Text string } }
					}
				}
			}
			Fixes []struct {
				ArtifactChanges []struct {
					Replacements []struct {
						DeletedRegion   struct{ StartLine, StartColumn, EndLine, EndColumn int }
						InsertedContent struct{ Text string }
					}
				}
			}
		}
		Invocations []struct {
			ExecutionSuccessful        bool
			ToolExecutionNotifications []struct{ Message struct{ Text string } }
		}
	}
}

func TestSARIF(t *testing.T) {
	d, o := sample(t)
	d.Problems = []string{"a package is broken"}
	var log sarifBack
	if err := json.Unmarshal([]byte(render(t, "sarif", d, o)), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	if log.Version != "2.1.0" || len(run.Results) != 3 || run.Results[0].RuleIndex == nil || *run.Results[0].RuleIndex != 0 {
		t.Fatalf("got %+v", log)
	}
	if i := run.Invocations[0]; i.ExecutionSuccessful || i.ToolExecutionNotifications[0].Message.Text != "a package is broken" {
		t.Errorf("the invocation is %+v", i)
	}
	if uri := run.Results[0].Locations[0].PhysicalLocation.ArtifactLocation; uri.URI != "file:///no/such.go" || uri.URIBaseID != "" {
		t.Errorf("the file is %+v", uri)
	}
	r := run.Results[2]
	place := r.Locations[0].PhysicalLocation
	if place.ArtifactLocation.URI != "./a%20b%25,:.go" || place.ArtifactLocation.URIBaseID != "%SRCROOT%" {
		t.Errorf("the file is %+v", place.ArtifactLocation)
	}
	if g := place.Region; g.StartLine != 2 || g.StartColumn != 19 || g.EndLine != 2 || g.EndColumn != 23 {
		t.Errorf("the region is %+v", g)
	}
	if r.Level != "warning" || r.PartialFingerprints[fingerprintKey] != d.Report.Findings[2].Fingerprint().Hash() {
		t.Errorf("got %+v", r)
	}
	if got := r.CodeFlows[0].ThreadFlows[0].Locations[0].Location.Message.Text; got != "the function ends here" {
		t.Errorf("the step is %q", got)
	}
	fix := r.Fixes[0].ArtifactChanges[0].Replacements[0]
	if g := fix.DeletedRegion; g.StartLine != 3 || g.StartColumn != 1 || g.EndLine != 3 || g.EndColumn != 1 || fix.InsertedContent.Text != "x.Close()\n" {
		t.Errorf("the fix is %+v", fix)
	}
	if got := render(t, "sarif", &Document{Report: new(finding.Report)}, o); !strings.Contains(got, `"results": []`) {
		t.Errorf("no findings are not told:\n%s", got)
	}
}

func TestEmptyJSON(t *testing.T) {
	const want = "{\n  \"version\": 1,\n  \"tool\": \"v1\",\n  \"findings\": [],\n  \"failures\": [],\n  \"problems\": []\n}\n"
	equal(t, render(t, "json", &Document{Report: new(finding.Report), Version: "v1"}, Options{}), want)
}

// brokenPipe is a writer that nobody reads.
type brokenPipe struct{}

var errBroken = errors.New("broken pipe")

func (brokenPipe) Write([]byte) (int, error) { return 0, errBroken }

func TestWriteErrors(t *testing.T) {
	d, o := sample(t)
	for _, format := range Formats() {
		if err := Write(brokenPipe{}, format, d, o); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", format, err)
		}
	}
}

func TestHugeSource(t *testing.T) {
	name := filepath.Join(t.TempDir(), "huge.go")
	f, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(maxSource + 1); err != nil {
		t.Fatal(err)
	}
	f.Close()
	d := &Document{Report: &finding.Report{Findings: []finding.Finding{{Rule: "r", Message: "m", Pos: finding.Position{File: name, Line: 1, Column: 1}}}}}
	for _, format := range Formats() {
		if err := Write(io.Discard, format, d, Options{}); err != nil {
			t.Errorf("%s: %v", format, err)
		}
	}
}
