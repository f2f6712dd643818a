package audit

import (
	"bytes"
	"io"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// copied gives nothing back after a failure.
func copied(w io.Writer, r io.Reader) error {
	b := buffers.Get().(*bytes.Buffer) // want `^value from buffers\.Get is not put back when the function returns at line \d+$`
	b.Reset()
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	buffers.Put(b)
	return err
}
