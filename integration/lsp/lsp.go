// Package lsp talks to a language server as an editor does.
package lsp

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"time"
)

// A Session is an editor's with a server: one folder, one request at a time.
type Session struct {
	PID int // the server's

	cmd       *exec.Cmd
	watchdog  *time.Timer
	in        io.WriteCloser
	out       *bufio.Reader
	next      int
	root      string
	settings  Object
	published map[string][]Diagnostic // by URI
	versions  map[string]int
}

// Object is a JSON object.
type Object = map[string]any

// A Diagnostic is what the server says about a place.
type Diagnostic struct {
	Range struct {
		Start struct{ Line int } // from 0
	} `json:"range"`
	Severity int    `json:"severity"`
	Source   string `json:"source"` // the analyzer's name
	Message  string `json:"message"`

	Raw json.RawMessage `json:"-"` // as it came: gopls keeps fixes in it
}

// UnmarshalJSON keeps what it reads.
func (d *Diagnostic) UnmarshalJSON(data []byte) error {
	type plain Diagnostic
	d.Raw = slices.Clone(data)
	return json.Unmarshal(data, (*plain)(d))
}

type message struct {
	ID     json.RawMessage `json:"id,omitempty"`
	Method string          `json:"method,omitempty"`
	Params json.RawMessage `json:"params,omitempty"`
	Result json.RawMessage `json:"result,omitempty"`
	Error  json.RawMessage `json:"error,omitempty"`
}

// Start starts a server in a folder, with further variables in its environment
// and settings as gopls takes them, and greets it. The server is ended if the
// session takes longer than limit: one that says nothing must not be waited for.
func Start(server, root string, env []string, settings Object, limit time.Duration) (*Session, error) {
	cmd := exec.Command(server)
	cmd.Dir = root
	cmd.Env = append(os.Environ(), env...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	s := &Session{
		PID: cmd.Process.Pid, cmd: cmd, in: in, out: bufio.NewReader(out), root: root, settings: settings,
		published: make(map[string][]Diagnostic), versions: make(map[string]int),
		watchdog: time.AfterFunc(limit, func() { cmd.Process.Kill() }),
	}
	_, err = s.Call("initialize", Object{
		"processId": os.Getpid(), "rootUri": s.uri(""),
		"workspaceFolders":      []Object{{"uri": s.uri(""), "name": "w"}},
		"initializationOptions": settings,
		"capabilities": Object{
			"workspace": Object{"workspaceEdit": Object{"documentChanges": true}, "configuration": true},
			"textDocument": Object{
				"publishDiagnostics": Object{"relatedInformation": true, "dataSupport": true},
				"codeAction":         Object{"codeActionLiteralSupport": Object{"codeActionKind": Object{"valueSet": []string{"quickfix"}}}},
			},
		},
	})
	if err == nil {
		err = s.notify("initialized", Object{})
	}
	if err != nil {
		s.Close()
		return nil, err
	}
	return s, nil
}

// Close ends the server as editors do, so that it keeps what it has cached; one
// that does not end is killed.
func (s *Session) Close() {
	if _, err := s.Call("shutdown", nil); err == nil {
		s.notify("exit", nil)
	}
	s.watchdog.Reset(patience)
	s.cmd.Wait()
	s.watchdog.Stop()
}

// patience is how long a server may take to end.
const patience = 10 * time.Second

func (s *Session) uri(name string) string {
	return "file://" + filepath.ToSlash(filepath.Join(s.root, name))
}

// Document names a file, relative to the folder, as requests do.
func (s *Session) Document(name string) Object { return Object{"uri": s.uri(name)} }

// Open opens a file with a text.
func (s *Session) Open(name, text string) error {
	s.versions[name] = 1
	return s.notify("textDocument/didOpen", Object{"textDocument": Object{
		"uri": s.uri(name), "languageId": "go", "version": 1, "text": text,
	}})
}

// Change gives an open file another text.
func (s *Session) Change(name, text string) error {
	s.versions[name]++
	return s.notify("textDocument/didChange", Object{
		"textDocument":   Object{"uri": s.uri(name), "version": s.versions[name]},
		"contentChanges": []Object{{"text": text}},
	})
}

// Diagnostics asks for the diagnostics of a file. The settings must have
// pullDiagnostics on.
func (s *Session) Diagnostics(name string) ([]Diagnostic, error) {
	data, err := s.Call("textDocument/diagnostic", Object{"textDocument": s.Document(name)})
	if err != nil {
		return nil, err
	}
	var report struct{ Items []Diagnostic }
	if err := json.Unmarshal(data, &report); err != nil {
		return nil, err
	}
	return report.Items, nil
}

// Await reads on until what the server has published of a file is as wanted.
func (s *Session) Await(name string, wanted func([]Diagnostic) bool) ([]Diagnostic, error) {
	for {
		if list, ok := s.published[s.uri(name)]; ok && wanted(list) {
			return list, nil
		}
		if _, err := s.receive(); err != nil {
			return nil, err
		}
	}
}

// Call sends a request and returns its result; what comes in between is handled.
func (s *Session) Call(method string, params any) (json.RawMessage, error) {
	s.next++
	id := json.RawMessage(strconv.Itoa(s.next))
	data, err := json.Marshal(params)
	if err != nil {
		return nil, err
	}
	if err := s.send(message{ID: id, Method: method, Params: data}); err != nil {
		return nil, err
	}
	for {
		m, err := s.receive()
		switch {
		case err != nil:
			return nil, fmt.Errorf("%s: %w", method, err)
		case m.Method != "" || string(m.ID) != string(id):
		case m.Error != nil:
			return nil, fmt.Errorf("%s: %s", method, m.Error)
		default:
			return m.Result, nil
		}
	}
}

func (s *Session) notify(method string, params any) error {
	data, err := json.Marshal(params)
	if err != nil {
		return err
	}
	return s.send(message{Method: method, Params: data})
}

func (s *Session) send(m message) error {
	data, err := json.Marshal(struct {
		Version string `json:"jsonrpc"`
		message
	}{"2.0", m})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.in, "Content-Length: %d\r\n\r\n%s", len(data), data)
	return err
}

// receive reads a message, answers it if it is a request, and keeps what it
// publishes.
func (s *Session) receive() (message, error) {
	var m message
	header, err := textproto.NewReader(s.out).ReadMIMEHeader()
	if err != nil {
		return m, fmt.Errorf("the server says no more: %w", err)
	}
	n, err := strconv.Atoi(header.Get("Content-Length"))
	if err != nil {
		return m, err
	}
	data := make([]byte, n)
	if _, err := io.ReadFull(s.out, data); err != nil {
		return m, err
	}
	if err := json.Unmarshal(data, &m); err != nil {
		return m, err
	}
	switch {
	case m.Method == "textDocument/publishDiagnostics":
		var p struct {
			URI         string
			Diagnostics []Diagnostic
		}
		if err := json.Unmarshal(m.Params, &p); err != nil {
			return m, err
		}
		s.published[p.URI] = p.Diagnostics
	case m.Method == "workspace/configuration":
		settings, err := json.Marshal([]Object{s.settings})
		if err != nil {
			return m, err
		}
		return m, s.send(message{ID: m.ID, Result: settings})
	case m.Method != "" && m.ID != nil:
		return m, s.send(message{ID: m.ID, Result: json.RawMessage("null")})
	}
	return m, nil
}
