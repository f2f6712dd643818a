// Package a leaves open what it opens, each function in its own way.
package a

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"mime/multipart"
	"os"
	"path/filepath"
	"runtime/pprof"
)

func never(name string) (int64, error) {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}

// failedWrite closes the file unless writing fails.
func failedWrite(b []byte) (string, error) {
	f, err := os.CreateTemp("", "new") // want `^file from os\.CreateTemp is not closed when the function returns at line \d+$`
	if err != nil {
		return "", err
	}
	if _, err := f.Write(b); err != nil {
		os.Remove(f.Name())
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	return f.Name(), nil
}

// secondFile forgets the first file if there is no second.
func secondFile(dst, src string) error {
	in, err := os.Open(src) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	out, err := os.Create(dst)
	if err != nil {
		return err
	}
	defer in.Close()
	defer out.Close()
	_, err = io.Copy(out, in)
	return err
}

// handedOn gives the file away only when all went well.
func handedOn(name string, size int64) ([]byte, io.Closer, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600) // want `^file from os\.OpenFile is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, nil, err
	}
	if err := f.Truncate(size); err != nil {
		return nil, nil, fmt.Errorf("truncate: %w", err)
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(f, b); err != nil {
		return nil, nil, err
	}
	return b, f, nil
}

// createMissing closes the file it finds, not the one it makes.
func createMissing(name string) (bool, error) {
	f, err := os.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			f, err = os.Create(name) // want `^file from os\.Create is never closed: the function returns at line \d+$`
			if err != nil {
				return false, err
			}
			return false, f.Chmod(0o600)
		}
		return false, err
	}
	defer f.Close()
	return true, nil
}

func inverted(name string) error {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		f.Close()
		return err
	}
	return f.Sync()
}

func onlyUnderNil(name string) []byte {
	if f, err := os.Open(name); err == nil { // want `^file from os\.Open is never closed: the function returns at line \d+$`
		b, _ := io.ReadAll(f)
		return b
	}
	return nil
}

func discarded(name string) error {
	_, err := os.Create(name) // want `^file from os\.Create is discarded and never closed$`
	return err
}

func unrelated(name string, verbose bool) error {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if verbose {
		defer f.Close()
	}
	return f.Sync()
}

func decoded(name string, v any) error {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	return json.NewDecoder(bufio.NewReader(f)).Decode(v)
}

// gunzipped closes the reader that does not close the file.
func gunzipped(name string) error {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	zr, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return err
	}
	defer zr.Close()
	_, err = io.Copy(io.Discard, zr)
	return err
}

func archived(name string) (n int, err error) {
	zr, err := zip.OpenReader(name) // want `^archive from zip\.OpenReader is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	return len(zr.File), nil
}

func uploaded(h *multipart.FileHeader) ([]byte, error) {
	f, err := h.Open() // want `^file from h\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	return io.ReadAll(f)
}

func inRoot(dir, name string) ([]byte, error) {
	root, err := os.OpenRoot(dir) // want `^directory from os\.OpenRoot is never closed: the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func walked(dir string) error {
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(path) // want `^file from os\.Open is never closed: the function returns at line \d+$`
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, f)
		return err
	})
}

func continued(names []string) (vs []any) {
	for _, n := range names {
		f, err := os.Open(n) // want `^file from os\.Open is not closed before the loop at line \d+ makes the call again$`
		if err != nil {
			continue
		}
		var v any
		if json.NewDecoder(f).Decode(&v) != nil {
			continue
		}
		f.Close()
		vs = append(vs, v)
	}
	return vs
}

func newest(names []string) (f *os.File, err error) {
	for _, n := range names {
		f, err = os.Open(n) // want `^file from os\.Open is not closed before the loop at line \d+ makes the call again$`
		if err != nil {
			return nil, err
		}
	}
	return f, nil
}

// profile returns what closes the file, but not when it cannot begin.
func profile(name string) (func(), error) {
	f, err := os.Create(name) // want `^file from os\.Create is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	if err := pprof.StartCPUProfile(f); err != nil {
		return nil, err
	}
	return func() {
		pprof.StopCPUProfile()
		f.Close()
	}, nil
}

func openLocked(name string) (*os.File, error) {
	f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(0o600); err != nil {
		f.Close()
		return nil, err
	}
	return f, nil
}

// fromHelper owns what the helper opened for it.
func fromHelper(name string) error {
	f, err := openLocked(name) // want `^file from openLocked is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = f.WriteString("x")
	return err
}

func lockedTwice(name string) error {
	f, err := openLocked(name) // want `^file from openLocked is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if _, err := f.WriteString("x"); err != nil {
		return err
	}
	return f.Close()
}

type store struct {
	f *os.File
	w *bufio.Writer
}

func openStore(name string) (*store, error) {
	f, err := openLocked(name)
	if err != nil {
		return nil, err
	}
	return &store{f, bufio.NewWriter(f)}, nil
}

func (s *store) put(v string) error {
	_, err := s.w.WriteString(v)
	return err
}

func (s *store) Close() error { return errors.Join(s.w.Flush(), s.f.Close()) }

// hash never closes the wrapper that this package makes around a file.
func hash(name string) error {
	s, err := openStore(name) // want `^store from openStore is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	return s.put("hash")
}

// registered closes the wrapper on one of two failures, and its caller tries again.
func registered(name string) (*store, error) {
	s, err := openStore(name) // want `^store from openStore is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	if err := s.put("begin"); err != nil {
		s.Close()
		return nil, err
	}
	if err := s.put(name); err != nil {
		return nil, err
	}
	return s, nil
}

// defersLastOnly tries again, and its deferred call sees only the last file.
func defersLastOnly(name string) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	for range 3 {
		f, err = os.Open(name) // want `^file from os\.Open is not closed before the loop at line \d+ makes the call again$`
		if err == nil && f.Sync() == nil {
			break
		}
	}
	return err
}

// gatheredForever holds the files of all rounds.
func gatheredForever(names <-chan string) (n int64, err error) {
	for name := range names {
		f, err := os.Open(name) // want `^file from os\.Open is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return 0, err
		}
		defer f.Close()
		n++
	}
	return n, nil
}
