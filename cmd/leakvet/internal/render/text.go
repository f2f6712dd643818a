package render

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// Text prints each finding as a line that editors understand, the source
// line, and the steps that show the leak.
func Text(w io.Writer, r *finding.Report, o Options) error {
	t := &text{options: o, files: make(map[string][]string)}
	for _, f := range r.Findings {
		t.finding(f)
	}
	_, err := w.Write(t.buf.Bytes())
	return err
}

type text struct {
	options Options
	buf     bytes.Buffer
	files   map[string][]string // lines of files
}

// The colours: what is found stands out, what surrounds it steps back.
const (
	bold   = "\x1b[1m"
	yellow = "\x1b[33m"
	dim    = "\x1b[2m"
	plain  = "\x1b[0m"
)

func (t *text) paint(color, s string) string {
	if !t.options.Color || s == "" {
		return s
	}
	return color + s + plain
}

func (t *text) finding(f finding.Finding) {
	fmt.Fprintf(&t.buf, "%s: %s %s\n", t.paint(bold, t.position(f.Pos)), f.Message, t.paint(yellow, "["+f.Rule+"]"))
	if line := t.line(f.Pos); line != "" {
		fmt.Fprintf(&t.buf, "\t%s\n", t.paint(dim, line))
	}
	for _, s := range f.Steps {
		fmt.Fprintf(&t.buf, "\t%s: %s\n", t.position(s.Position), s.Message)
	}
}

func (t *text) position(p finding.Position) string {
	name := t.options.name(p.File)
	switch {
	case p.Line == 0:
		return name
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", name, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", name, p.Line, p.Column)
}

// line returns the source line at p without its indentation; nothing if it
// cannot be read.
func (t *text) line(p finding.Position) string {
	lines, ok := t.files[p.File]
	if !ok {
		if data, err := os.ReadFile(p.File); err == nil {
			lines = strings.Split(string(data), "\n")
		}
		t.files[p.File] = lines
	}
	if p.Line < 1 || p.Line > len(lines) {
		return ""
	}
	return strings.TrimSpace(lines[p.Line-1])
}
