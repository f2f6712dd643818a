package ok

import (
	"errors"
	"io"
	"os"
)

// A wrapper holds the file in what it embeds, is handed through a helper, and ends
// up in a field under an interface.

type mapper interface {
	Get(key int) int
	Close()
}

type baseMapper struct {
	count int
	index *os.File
}

func (b *baseMapper) note(n int) { b.count += n }

type compactMapper struct {
	baseMapper
	keys map[int]int
}

func newCompact(f *os.File) *compactMapper {
	m := &compactMapper{keys: map[int]int{}}
	m.index = f
	if _, err := f.Stat(); err != nil {
		panic(err)
	}
	return m
}

func loadCompact(f *os.File) (*compactMapper, error) {
	m := newCompact(f)
	return fill(f, m)
}

func fill(f *os.File, m *compactMapper) (*compactMapper, error) {
	err := walk(f, func(key, at int) error {
		m.note(1)
		m.keys[key] = at
		return nil
	})
	return m, err
}

func walk(r io.ReaderAt, fn func(key, at int) error) error {
	var b [8]byte
	if _, err := r.ReadAt(b[:], 0); err != nil {
		return err
	}
	return fn(int(b[0]), int(b[1]))
}

func (m *compactMapper) Get(key int) int { return m.keys[key] }

func (m *compactMapper) Close() {
	if m.index == nil {
		return
	}
	m.index.Close()
	m.index = nil
}

type volumes struct{ m mapper }

func (v *volumes) reload(name string, kind int) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	var next mapper
	switch kind {
	case 0:
		if next, err = loadCompact(f); err != nil {
			f.Close()
			return err
		}
	default:
		f.Close()
		return errors.New("unknown kind")
	}
	v.m.Close()
	v.m = next
	return nil
}

// A file under a wrapper in a field, which the deferred function closes after a
// failure.

type diskFile struct{ *os.File }

func newDiskFile(f *os.File) *diskFile { return &diskFile{f} }

type volume struct {
	data  io.WriteCloser
	index *os.File
}

func (v *volume) Close() error { return errors.Join(v.data.Close(), v.index.Close()) }

func loadVolume(name string) (*volume, error) {
	v := &volume{}
	var err error
	defer func() {
		if err != nil && v.data != nil {
			v.data.Close()
		}
	}()
	var f *os.File
	if f, err = os.Create(name); err != nil {
		return nil, err
	}
	v.data = newDiskFile(f)
	if v.index, err = os.Open(name + ".idx"); err != nil {
		return nil, errors.Join(err)
	}
	return v, nil
}

// A wrapper under an interface is closed by a deferred call, on each of two ways.

type plainDisk struct{ file *os.File }

func newPlainDisk(f *os.File) *plainDisk { return &plainDisk{file: f} }

func (d *plainDisk) Close() error { return d.file.Close() }

func vacuumed(name string, w io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	var src io.Closer = newPlainDisk(f)
	defer src.Close()
	if _, err := w.Write(nil); err != nil {
		return err
	}
	return nil
}
