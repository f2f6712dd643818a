package a

import (
	"io"
	"os"
)

// A method of an interface opens what each implementation opens.

type blob interface {
	io.ReaderAt
	io.Closer
}

type tree interface {
	Open(name string) (blob, error)
}

type onDisk struct{ dir string }

func (d onDisk) Open(name string) (blob, error) {
	f, err := os.Open(d.dir + name)
	if err != nil {
		return nil, err
	}
	return f, nil
}

type below struct {
	tree
	dir string
}

func (b below) Open(name string) (blob, error) { return b.tree.Open(b.dir + name) }

func peeks(t tree, name string, p []byte) error {
	b, err := t.Open(name) // want `^file from t\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = b.ReadAt(p, 0)
	return err
}

func copies(in <-chan []string, t tree, p []byte) {
	for names := range in {
		for _, name := range names {
			b, err := t.Open(name) // want `^file from t\.Open is closed by a defer in a loop`
			if err != nil {
				continue
			}
			defer b.Close()
			b.ReadAt(p, 0)
		}
	}
}

// mockTree, as generators of mocks write them, opens nothing.
type mockTree struct{ blobs map[string]blob }

func (m *mockTree) Open(name string) (blob, error) { return m.blobs[name], nil }
