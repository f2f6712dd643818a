// Package ok releases what it opens, or is not the one who must.
package ok

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log"
	"mime/multipart"
	"os"
	"path/filepath"
	"runtime/pprof"
)

func deferred(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func deferBeforeCheck(name string) error {
	f, err := os.Open(name)
	defer f.Close() // a nil *os.File says only that it is invalid
	if err != nil {
		return err
	}
	return f.Sync()
}

func underNilError(name string) string {
	if f, err := os.Open(name); err == nil {
		defer f.Close()
		return f.Name()
	}
	return ""
}

func probe(name string) bool {
	f, err := os.Open(name)
	if err == nil {
		f.Close()
	}
	return err == nil
}

// copied looks at the error only after both files have been closed.
func copied(dst string, r io.Reader) error {
	f, err := os.CreateTemp("", "copied")
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	if err == nil {
		err = f.Sync()
	}
	f.Close()
	if err != nil {
		os.Remove(f.Name())
		return err
	}
	return os.Rename(f.Name(), dst)
}

func joined(name string, b []byte) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.Write(b); err != nil {
		return errors.Join(err, f.Close())
	}
	return f.Close()
}

func reported(name string, b []byte) (err error) {
	var f *os.File
	if f, err = os.Create(name); err != nil {
		return
	}
	defer func() {
		if cerr := f.Close(); err == nil && cerr != nil {
			err = cerr
		}
	}()
	_, err = f.Write(b)
	return
}

func closeAndKeep(c io.Closer, err *error) {
	if cerr := c.Close(); *err == nil {
		*err = cerr
	}
}

func byHelper(name string, b []byte) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer closeAndKeep(f, &err)
	_, err = f.Write(b)
	return err
}

func closeLogged(c io.Closer, what string) {
	if c == nil {
		return
	}
	if err := c.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		log.Printf("%s: %v", what, err)
	}
}

// forgotten sets the variable to nil when there is nothing left to close.
func forgotten(dst string, b []byte) error {
	f, err := os.Create(dst + ".tmp")
	if err != nil {
		return err
	}
	defer func() {
		if f != nil {
			closeLogged(f, dst)
		}
		os.Remove(dst + ".tmp")
	}()
	if _, err := f.Write(b); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	f = nil
	return os.Rename(dst+".tmp", dst)
}

type segment struct {
	*os.File
	off int64
}

func openSegment(name string) (*segment, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	return &segment{File: f, off: st.Size()}, nil
}

func useSegment(name string) (int64, error) {
	s, err := openSegment(name)
	if err != nil {
		return 0, err
	}
	defer s.Close() // promoted from the file
	return s.off, nil
}

type table struct {
	index, data *os.File
	w           *bufio.Writer
}

func (t *table) Close() error {
	return errors.Join(t.w.Flush(), t.index.Close(), t.data.Close())
}

// newTable needs two files and gives back what it has when the second fails.
func newTable(dir string) (t *table, err error) {
	index, err := os.Create(filepath.Join(dir, "index"))
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			index.Close()
		}
	}()
	data, err := os.Create(filepath.Join(dir, "data"))
	if err != nil {
		return nil, fmt.Errorf("table: %w", err)
	}
	return &table{index: index, data: data, w: bufio.NewWriter(data)}, nil
}

func closeAll(cs []io.Closer) (err error) {
	for _, c := range cs {
		err = errors.Join(err, c.Close())
	}
	return err
}

// openMany keeps a list of what it opened and closes the list when it fails.
func openMany(names []string) (files []*os.File, err error) {
	var closers []io.Closer
	defer func() {
		if err != nil {
			err = errors.Join(err, closeAll(closers))
		}
	}()
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return nil, err
		}
		closers = append(closers, f)
		files = append(files, f)
	}
	return files, nil
}

// openReaders gives the readers away together with the function that closes the files.
func openReaders(names ...string) ([]io.Reader, func() error, error) {
	var (
		rs []io.Reader
		cs []io.Closer
	)
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			closeAll(cs)
			return nil, nil, err
		}
		cs = append(cs, f)
		rs = append(rs, bufio.NewReader(f))
	}
	return rs, func() error { return closeAll(cs) }, nil
}

func methodValues(names []string) (undo []func() error, err error) {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			return undo, err
		}
		undo = append(undo, f.Close)
	}
	return undo, nil
}

// unwinding stacks its steps back and lets one closure give them all up.
func unwinding(dir string) (*table, error) {
	var undo []func()
	fail := func(err error) (*table, error) {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
		return nil, err
	}
	a, err := os.Create(filepath.Join(dir, "a"))
	if err != nil {
		return fail(err)
	}
	undo = append(undo, func() { a.Close() })
	b, err := os.Create(filepath.Join(dir, "b"))
	if err != nil {
		return fail(err)
	}
	undo = append(undo, func() { b.Close() })
	if err := b.Truncate(1 << 20); err != nil {
		return fail(err)
	}
	return &table{index: a, data: b, w: bufio.NewWriter(b)}, nil
}

func labels(dir string) (*table, error) {
	var b *os.File
	a, err := os.Create(filepath.Join(dir, "a"))
	if err != nil {
		return nil, err
	}
	if b, err = os.Create(filepath.Join(dir, "b")); err != nil {
		goto closeA
	}
	if err = b.Truncate(4096); err != nil {
		goto closeB
	}
	return &table{index: a, data: b, w: bufio.NewWriter(b)}, nil
closeB:
	b.Close()
closeA:
	a.Close()
	return nil, err
}

func committed(dst string, b []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(dst), "new")
	if err != nil {
		return err
	}
	done := false
	defer func() {
		tmp.Close()
		if !done {
			os.Remove(tmp.Name())
		}
	}()
	if _, err := tmp.Write(b); err != nil {
		return err
	}
	done = true
	return os.Rename(tmp.Name(), dst)
}

func handedOverFlag(name string) (io.WriteCloser, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	own := true
	defer func() {
		if own {
			f.Close()
		}
	}()
	if err := f.Chmod(0o600); err != nil {
		return nil, err
	}
	own = false
	return f, nil
}

// eitherOpen opens for writing or reading; one close serves both.
func eitherOpen(name string, write bool) (err error) {
	var f *os.File
	if write {
		f, err = os.OpenFile(name, os.O_RDWR, 0)
	} else {
		f, err = os.Open(name)
	}
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}

func createMissing(name string) (bool, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		made, err := os.Create(name)
		if err != nil {
			return false, err
		}
		defer made.Close()
		return false, made.Chmod(0o600)
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	return true, nil
}

func stdinOr(name string) error {
	in := os.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		in = f
	}
	_, err := io.Copy(io.Discard, in)
	return err
}

func stdinCloser(name string) (io.ReadCloser, error) {
	if name == "" {
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	return os.Open(name)
}

func everyFile(names []string) error {
	for _, n := range names {
		f, err := os.Open(n)
		if err != nil {
			log.Print(err)
			continue
		}
		var v any
		if err := json.NewDecoder(f).Decode(&v); err != nil {
			f.Close()
			continue
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}

func everyInFunc(names []string) error {
	for _, n := range names {
		err := func() error {
			f, err := os.Open(n)
			if err != nil {
				return err
			}
			defer f.Close()
			return f.Sync()
		}()
		if err != nil {
			return err
		}
	}
	return nil
}

type unzipped struct {
	*gzip.Reader
	under io.Closer
}

func (u unzipped) Close() error { return errors.Join(u.Reader.Close(), u.under.Close()) }

func gunzip(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	zr, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, err
	}
	return unzipped{zr, f}, nil
}

func anonymous(name string) (io.ReadCloser, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return struct {
		io.Reader
		io.Closer
	}{io.LimitReader(f, 10), f}, nil
}

func archived(name string) error {
	zr, err := zip.OpenReader(name)
	if err != nil {
		return err
	}
	defer zr.Close()
	for _, e := range zr.File {
		rc, err := e.Open()
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, rc)
		rc.Close()
		if err != nil {
			return err
		}
	}
	return nil
}

func archiveOver(name string) (*zip.Reader, io.Closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	st, err := f.Stat()
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	zr, err := zip.NewReader(f, st.Size())
	if err != nil {
		_ = f.Close()
		return nil, nil, err
	}
	return zr, f, nil
}

// profile gives away a function that ends what it began.
func profile(name string) (func(), error) {
	if name == "" {
		return func() {}, nil
	}
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		f.Close()
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

type closerFunc func() error

func (f closerFunc) Close() error { return f() }

func asCloser(name string) (io.Closer, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return closerFunc(f.Close), nil
}

// rotating closes the file it replaces.
type rotating struct {
	f *os.File
	n int
}

func (r *rotating) next() error {
	if r.f != nil {
		if err := r.f.Close(); err != nil {
			return err
		}
	}
	f, err := os.Create(fmt.Sprint("log.", r.n))
	if err != nil {
		r.f = nil
		return err
	}
	r.f, r.n = f, r.n+1
	return nil
}

func (r *rotating) Close() error { return r.f.Close() }

// cached is closed with the others by closeCached.
type cached struct{ files map[string]*os.File }

func (c *cached) get(name string) (*os.File, error) {
	if f, ok := c.files[name]; ok {
		return f, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	c.files[name] = f
	return f, nil
}

func (c *cached) useCached(name string) (string, error) {
	f, err := c.get(name) // still the cache's
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func (c *cached) closeCached() {
	for n, f := range c.files {
		f.Close()
		delete(c.files, n)
	}
}

type option func(*config)

type config struct{ out io.WriteCloser }

func withOut(w io.WriteCloser) option { return func(c *config) { c.out = w } }

func (c *config) Close() error { return c.out.Close() }

func configured(name string) (*config, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	c := &config{}
	for _, o := range []option{withOut(f)} {
		o(c)
	}
	return c, nil
}

func processLog(name string) error {
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	log.SetOutput(f) // as long as the process
	return nil
}

var lock *os.File

func lockProcess(name string) (err error) {
	lock, err = os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	return err
}

func mustRead(name string) []byte {
	f, err := os.Open(name)
	if err != nil {
		panic(err)
	}
	b, err := io.ReadAll(f)
	if err != nil {
		log.Fatal(err)
	}
	f.Close()
	return b
}

func uploaded(h *multipart.FileHeader) error {
	f, err := h.Open()
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}

func fromFS(fsys fs.FS, name string) error {
	f, err := fsys.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.Stat()
	return err
}

func inRoot(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func borrowed(f *os.File) error { return f.Sync() }

func borrows(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	err = borrowed(f)
	return errors.Join(err, f.Close())
}

func sequence(names []string) func(yield func(string, error) bool) {
	return func(yield func(string, error) bool) {
		for _, n := range names {
			f, err := os.Open(n)
			if err != nil {
				if !yield("", err) {
					return
				}
				continue
			}
			more := yield(f.Name(), nil)
			f.Close()
			if !more {
				return
			}
		}
	}
}
