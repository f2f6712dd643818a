package integration

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// goplsBinary builds gopls with leakvet inside, as leakvet gopls does.
var goplsBinary = sync.OnceValues(func() (string, error) {
	name := filepath.Join(filepath.Dir(leakvet), "gopls")
	cmd := exec.Command(leakvet, "gopls", "-leakvet", "..", "-config", "none", "-o", name)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("leakvet gopls: %v\n%s", err, out)
	}
	return name, nil
})

// An editor talks to a language server.
type editor struct {
	t     *testing.T
	in    io.Writer
	out   *bufio.Reader
	next  int
	root  string
	shown map[string][]diagnostic // by URI, as last published
}

type diagnostic struct {
	Range struct {
		Start struct{ Line int }
	} `json:"range"`
	Source  string `json:"source"`
	Code    any    `json:"code"`
	Message string `json:"message"`

	raw json.RawMessage // as it came: the fixes are in it
}

// UnmarshalJSON keeps what it reads.
func (d *diagnostic) UnmarshalJSON(data []byte) error {
	type plain diagnostic
	d.raw = slices.Clone(data)
	return json.Unmarshal(data, (*plain)(d))
}

type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

type object = map[string]any

// newEditor starts gopls in a directory.
func newEditor(t *testing.T, gopls, root string) *editor {
	t.Helper()
	cmd := exec.Command(gopls)
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// A server that says nothing must not hold up the tests for ever.
	watchdog := time.AfterFunc(5*time.Minute, func() { cmd.Process.Kill() })
	t.Cleanup(func() {
		watchdog.Stop()
		cmd.Process.Kill()
		cmd.Wait()
	})
	e := &editor{t: t, in: in, out: bufio.NewReader(out), root: root, shown: make(map[string][]diagnostic)}
	e.call("initialize", object{
		"processId": os.Getpid(), "rootUri": e.uri(""),
		"workspaceFolders": []object{{"uri": e.uri(""), "name": "w"}},
		"capabilities": object{
			"workspace": object{"workspaceEdit": object{"documentChanges": true}, "configuration": true},
			"textDocument": object{
				"publishDiagnostics": object{"relatedInformation": true, "dataSupport": true},
				"codeAction":         object{"codeActionLiteralSupport": object{"codeActionKind": object{"valueSet": []string{"quickfix"}}}},
			},
		},
	})
	e.notify("initialized", object{})
	return e
}

func (e *editor) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(e.root, name))
}

func (e *editor) send(m message) {
	e.t.Helper()
	data, err := json.Marshal(struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if err != nil {
		e.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(data), data); err != nil {
		e.t.Fatal(err)
	}
}

func raw(t *testing.T, v any) json.RawMessage {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func (e *editor) notify(method string, params any) {
	e.t.Helper()
	e.send(message{Method: method, Params: raw(e.t, params)})
}

// call sends a request and returns its result; what comes in between is handled.
func (e *editor) call(method string, params any) json.RawMessage {
	e.t.Helper()
	e.next++
	id := raw(e.t, e.next)
	e.send(message{ID: id, Method: method, Params: raw(e.t, params)})
	for {
		m := e.receive()
		if m.Method != "" || string(m.ID) != string(id) {
			continue
		}
		if m.Error != nil {
			e.t.Fatalf("%s: %s", method, m.Error)
		}
		return m.Result
	}
}

// receive reads a message, answers it if it is a request, and keeps what it
// publishes.
func (e *editor) receive() message {
	e.t.Helper()
	header, err := textproto.NewReader(e.out).ReadMIMEHeader()
	if err != nil {
		e.t.Fatalf("gopls says no more: %v", err)
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		e.t.Fatal(err)
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(e.out, data); err != nil {
		e.t.Fatal(err)
	}
	var m message
	if err := json.Unmarshal(data, &m); err != nil {
		e.t.Fatal(err)
	}
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []diagnostic
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			e.t.Fatal(err)
		}
		e.shown[p.URI] = p.Diagnostics
	case m.Method == "workspace/configuration":
		e.send(message{ID: m.ID, Result: json.RawMessage(`[{}]`)})
	case m.Method != "" && m.ID != nil:
		e.send(message{ID: m.ID, Result: json.RawMessage(`null`)})
	}
	return m
}

// leaks waits until what is published of a file is as wanted, and returns it.
func (e *editor) leaks(name string, wanted func([]diagnostic) bool) []diagnostic {
	e.t.Helper()
	for {
		var found []diagnostic
		list, published := e.shown[e.uri(name)]
		for _, d := range list {
			if d.Source == "respbody" {
				found = append(found, d)
			}
		}
		if published && wanted(found) {
			return found
		}
		e.receive()
	}
}

const leaky = `package w

import "net/http"

func fetch() {
	resp, err := http.Get("https://example.com")
	if err != nil {
		return
	}
	println(resp.Status)
}
`

// TestGopls edits a file as people do: the finding appears, its fix is offered,
// and after the fix the finding is gone.
func TestGopls(t *testing.T) {
	gopls, err := goplsBinary()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"go.mod": "module example.com/w\n\ngo 1.26\n", "w.go": leaky} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	e := newEditor(t, gopls, dir)
	document := object{"uri": e.uri("w.go"), "languageId": "go", "version": 1, "text": leaky}
	e.notify("textDocument/didOpen", object{"textDocument": document})
	found := e.leaks("w.go", func(list []diagnostic) bool { return len(list) > 0 })
	if len(found) != 1 || found[0].Range.Start.Line != 5 || !strings.HasPrefix(found[0].Message, "response body from http.Get is never closed") {
		t.Fatalf("gopls shows %+v", found)
	}

	at := object{"line": 5, "character": 14}
	var actions []struct {
		Title string
		Edit  *struct {
			DocumentChanges []struct {
				Edits []struct {
					NewText string
				}
			}
		}
	}
	result := e.call("textDocument/codeAction", object{
		"textDocument": object{"uri": e.uri("w.go")}, "range": object{"start": at, "end": at},
		"context": object{"diagnostics": []json.RawMessage{found[0].raw}, "only": []string{"quickfix"}},
	})
	if err := json.Unmarshal(result, &actions); err != nil {
		t.Fatal(err)
	}
	if len(actions) == 0 || actions[0].Title != "Defer resp.Body.Close() right after the error check" || actions[0].Edit == nil {
		t.Fatalf("gopls offers %s", result)
	}

	fixed := strings.Replace(leaky, "\tprintln", "\tdefer resp.Body.Close()\n\tprintln", 1)
	e.notify("textDocument/didChange", object{
		"textDocument": object{"uri": e.uri("w.go"), "version": 2}, "contentChanges": []object{{"text": fixed}},
	})
	e.leaks("w.go", func(list []diagnostic) bool { return len(list) == 0 })
}

// TestGoplsCheck checks that gopls finds what go vet does in packages that know
// of one another.
func TestGoplsCheck(t *testing.T) {
	gopls, err := goplsBinary()
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{"ctxdrop", "errcache", "timerleak"} {
		t.Run(rule, func(t *testing.T) {
			dir := corpus(t, rule)
			vet := findings(output(t, dir, []int{1}, "go", "vet", "-vettool="+leakvet, "-"+rule, "./..."))
			var got []finding
			for _, name := range goFiles(t, dir) {
				text := output(t, dir, []int{0, 1}, gopls, "check", "-severity=warning", name)
				text = strings.ReplaceAll(text, dir+string(filepath.Separator), "")
				got = append(got, findings(untilWhere.ReplaceAllString(text, "$1: "))...)
			}
			for _, f := range vet {
				if !strings.Contains(list(got), f.String()) {
					t.Errorf("gopls does not find %s", f)
				}
			}
		})
	}
}

// untilWhere matches a range as gopls prints it.
var untilWhere = regexp.MustCompile(`(?m)^(\S+\.go:\d+:\d+)-[\d:]*\d: `)

// goFiles returns the files below dir that the go command builds, relative to it.
func goFiles(t *testing.T, dir string) []string {
	t.Helper()
	return slices.Sorted(maps.Keys(tree(t, dir)))
}
