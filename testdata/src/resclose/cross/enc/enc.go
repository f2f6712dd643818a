// Package enc reads and writes by way of what it is given, and releases nothing.
package enc

import (
	"bufio"
	"fmt"
	"io"
	"os"
)

// Render writes n.
func Render(w io.Writer, n int) error {
	_, err := fmt.Fprintf(w, "%d", n)
	return err
}

// Encoder writes numbers.
type Encoder struct{ w io.Writer }

// NewEncoder returns an encoder that writes to w.
func NewEncoder(w io.Writer) *Encoder { return &Encoder{w} }

// Encode writes n.
func (e *Encoder) Encode(n int) error {
	_, err := e.w.Write([]byte{byte(n)})
	return err
}

// Lexer reads bytes.
type Lexer struct{ br io.ByteReader }

// NewLexer returns a lexer that reads from r, which it buffers only if it must.
func NewLexer(r io.Reader) *Lexer {
	br, ok := r.(io.ByteReader)
	if !ok {
		br = bufio.NewReader(r)
	}
	return &Lexer{br}
}

// Next returns the next byte.
func (l *Lexer) Next() (byte, error) { return l.br.ReadByte() }

// Archive is written to, and closed, if it can be, at the end.
type Archive struct{ w io.Writer }

// NewArchive returns an archive that writes to w, and closes it.
func NewArchive(w io.Writer) *Archive { return &Archive{w} }

// Add writes n.
func (a *Archive) Add(n int) error {
	_, err := a.w.Write([]byte{byte(n)})
	return err
}

// Finish ends the archive.
func (a *Archive) Finish() error {
	if c, ok := a.w.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

var sinks []io.Writer

// Log keeps w, and writes to it from now on.
func Log(w io.Writer) { sinks = append(sinks, w) }

// Source reads a file.
type Source struct{ f *os.File }

// Open opens a source.
func Open(name string) (Source, error) {
	f, err := os.Open(name)
	return Source{f}, err
}

// Read reads from the file.
func (s Source) Read(p []byte) (int, error) { return s.f.Read(p) }

// Close closes the file.
func (s Source) Close() error { return s.f.Close() }

// Store opens sources by their names.
type Store interface {
	OpenSource(name string) (io.ReadCloser, error)
}

type files struct{ dir string }

// Files returns a store over a directory.
func Files(dir string) Store { return files{dir} }

func (f files) OpenSource(name string) (io.ReadCloser, error) { return os.Open(f.dir + name) }
