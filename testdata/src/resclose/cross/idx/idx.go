// Package idx reads indices, and has files in wrappers.
package idx

import (
	"io"
	"os"
)

// Walk calls fn for each entry.
func Walk(r io.ReaderAt, fn func(key, at int) error) error {
	var b [8]byte
	count, err := r.ReadAt(b[:], 0)
	for count > 0 && err == nil || err == io.EOF {
		for i := 0; i < count; i++ {
			if err = fn(int(b[0]), int(b[1])); err != nil {
				return err
			}
		}
		if err == io.EOF {
			return nil
		}
		count, err = r.ReadAt(b[:], 8)
	}
	return err
}

// Disk is a file on a disk.
type Disk struct {
	File *os.File
	size int64
}

// NewDisk returns a Disk of f.
func NewDisk(f *os.File) *Disk {
	st, err := f.Stat()
	if err != nil {
		panic(err)
	}
	return &Disk{File: f, size: st.Size()}
}

func (d *Disk) Size() int64 { return d.size }

func (d *Disk) Close() error {
	if d.File == nil {
		return nil
	}
	return d.File.Close()
}

// Store is what volumes are kept on.
type Store interface {
	Size() int64
	Close() error
}
