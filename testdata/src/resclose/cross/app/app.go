// Package app has wrappers of its own around what package idx reads.
package app

import (
	"errors"
	"fmt"
	"os"

	"resclose/cross/idx"
)

type mapper interface {
	Get(key int) int
	Sync() error
	Close()
}

type metric struct{ max, count int }

func (m *metric) see(n int) { m.count += n }

func (m *metric) Max() int { return m.max }

type base struct {
	metric
	index  *os.File
	offset int64
}

type compact struct {
	base
	keys map[int]int
}

func newCompact(f *os.File) *compact {
	m := &compact{keys: map[int]int{}}
	m.index = f
	st, err := f.Stat()
	if err != nil {
		panic(err)
	}
	m.offset = st.Size()
	return m
}

func loadCompact(f *os.File) (*compact, error) {
	m := newCompact(f)
	return fill(f, m)
}

func fill(f *os.File, m *compact) (*compact, error) {
	err := idx.Walk(f, func(key, at int) error {
		m.see(1)
		m.keys[key] = at
		return nil
	})
	fmt.Println(m.Max(), f.Name())
	return m, err
}

func (m *compact) Get(key int) int { return m.keys[key] }

func (m *compact) Sync() error { return m.index.Sync() }

func (m *compact) Close() {
	if m.index == nil {
		return
	}
	m.index.Close()
}

type volumes struct {
	kind int
	m    mapper
}

func (v *volumes) reload(name string) error {
	f, err := os.OpenFile(name, os.O_RDWR, 0o644)
	if err != nil {
		return fmt.Errorf("reopen %s: %v", name, err)
	}
	old := v.m
	var next mapper
	switch v.kind {
	case 0:
		if next, err = loadCompact(f); err != nil {
			f.Close()
			return fmt.Errorf("rebuild %s: %v", name, err)
		}
	default:
		f.Close()
		return errors.New("unknown kind")
	}
	if err := old.Sync(); err != nil {
		fmt.Println(err)
	}
	old.Close()
	v.m = next
	return nil
}

type volume struct {
	data  idx.Store
	index *os.File
}

func load(name string) (*volume, error) {
	v := &volume{}
	var err error
	var index *os.File
	defer func() {
		if err != nil {
			if v.data != nil {
				v.data.Close()
			}
			if index != nil {
				index.Close()
			}
		}
	}()
	var f *os.File
	if f, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, fmt.Errorf("cannot create %s: %v", name, err)
	}
	v.data = idx.NewDisk(f)
	if index, err = os.OpenFile(name+".idx", os.O_RDWR|os.O_CREATE, 0o644); err != nil {
		return nil, fmt.Errorf("cannot write %s.idx: %v", name, err)
	}
	v.index = index
	return v, nil
}
