package ok

import (
	"bytes"
	"io"
	"sync"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

func withPooled(w io.Writer, r io.Reader) error {
	b := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(b)
	b.Reset()
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}

func getBuffer() *bytes.Buffer {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	return b
}

func putBuffer(b *bytes.Buffer) {
	if b.Cap() < 1<<16 {
		buffers.Put(b)
	}
}

func through(w io.Writer, r io.Reader) error {
	b := getBuffer()
	defer putBuffer(b)
	if _, err := b.ReadFrom(r); err != nil {
		return err
	}
	_, err := b.WriteTo(w)
	return err
}
