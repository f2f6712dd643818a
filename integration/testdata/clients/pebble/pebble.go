// Package pebble reads and writes an embedded store.
package pebble

import (
	"context"
	"errors"
	"io"
	"slices"

	"github.com/cockroachdb/pebble/v2"
)

var errCorrupt = errors.New("corrupt")

func healthyOpen(dir string) (*pebble.DB, error) {
	db, err := pebble.Open(dir, &pebble.Options{})
	if err != nil {
		return nil, err
	}
	if err := db.Flush(); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func leakyOpen(ctx context.Context, dir string) (*pebble.DB, error) {
	db, err := pebble.Open(dir, &pebble.Options{}) // leak
	if err != nil {
		return nil, err
	}
	if err := db.Compact(ctx, nil, []byte{0xff}, true); err != nil {
		return nil, err
	}
	return db, nil
}

func healthyGet(db *pebble.DB, key []byte) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err == pebble.ErrNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer closer.Close()
	return slices.Clone(v), nil
}

func healthyHas(db *pebble.DB, key []byte) (bool, error) {
	_, closer, err := db.Get(key)
	if err != nil {
		if errors.Is(err, pebble.ErrNotFound) {
			return false, nil
		}
		return false, err
	}
	return true, closer.Close()
}

func leakyHas(db *pebble.DB, key []byte) (bool, error) {
	_, _, err := db.Get(key) // leak
	if errors.Is(err, pebble.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

func leakyGet(db *pebble.DB, key []byte) ([]byte, error) {
	v, closer, err := db.Get(key) // leak
	if err != nil {
		return nil, err
	}
	if len(v) != 8 {
		return nil, errCorrupt
	}
	out := slices.Clone(v)
	return out, closer.Close()
}

func healthyGetHandedOn(r pebble.Reader, key []byte) ([]byte, io.Closer, error) {
	return r.Get(key)
}

func leakyHandedOn(r pebble.Reader, key []byte) (int, error) {
	v, closer, err := healthyGetHandedOn(r, key) // leak
	if err != nil {
		return 0, err
	}
	if len(v) == 0 {
		return 0, errCorrupt
	}
	return len(v), closer.Close()
}

func healthyScan(db *pebble.DB, prefix, end []byte, visit func(k, v []byte) error) (err error) {
	it, err := db.NewIter(&pebble.IterOptions{LowerBound: prefix, UpperBound: end})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, it.Close()) }()
	for it.First(); it.Valid(); it.Next() {
		if err := visit(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}

func leakyScan(ctx context.Context, db *pebble.DB, visit func(k, v []byte) error) error {
	it, err := db.NewIterWithContext(ctx, nil) // leak
	if err != nil {
		return err
	}
	for it.First(); it.Valid(); it.Next() {
		v, err := it.ValueAndErr()
		if err != nil {
			return err
		}
		if err := visit(it.Key(), v); err != nil {
			return err
		}
	}
	return it.Close()
}

func leakyClone(it *pebble.Iterator) (bool, error) {
	other, err := it.Clone(pebble.CloneOptions{}) // leak
	if err != nil {
		return false, err
	}
	if !other.Last() {
		return false, nil
	}
	return true, other.Close()
}

func healthySnapshot(db *pebble.DB, keys [][]byte) (n int, err error) {
	snap := db.NewSnapshot()
	defer snap.Close()
	for _, k := range keys {
		v, closer, err := snap.Get(k)
		if errors.Is(err, pebble.ErrNotFound) {
			continue
		}
		if err != nil {
			return 0, err
		}
		n += len(v)
		if err := closer.Close(); err != nil {
			return 0, err
		}
	}
	return n, nil
}

func leakySnapshot(db *pebble.DB) (n int, err error) {
	snap := db.NewSnapshot() // leak
	it, err := snap.NewIter(nil)
	if err != nil {
		return 0, err
	}
	for ok := it.First(); ok; ok = it.Next() {
		n++
	}
	if err := it.Close(); err != nil {
		return 0, err
	}
	return n, snap.Close()
}

func healthyBatch(db *pebble.DB, key, value []byte) error {
	b := db.NewIndexedBatch()
	defer b.Close()
	old, closer, err := b.Get(key)
	if err == nil {
		same := slices.Equal(old, value)
		if err := closer.Close(); err != nil || same {
			return err
		}
	} else if !errors.Is(err, pebble.ErrNotFound) {
		return err
	}
	if err := b.Set(key, value, nil); err != nil {
		return err
	}
	return b.Commit(pebble.Sync)
}

func leakyBatch(db *pebble.DB, key []byte) error {
	b := db.NewIndexedBatch()
	defer b.Close()
	it, err := b.NewIter(nil) // leak
	if err != nil {
		return err
	}
	if !it.SeekGE(key) {
		return nil
	}
	if err := b.Delete(it.Key(), nil); err != nil {
		it.Close()
		return err
	}
	if err := it.Close(); err != nil {
		return err
	}
	return b.Commit(pebble.NoSync)
}

// store is closed by who made it.
type store struct{ db *pebble.DB }

func (s *store) Close() error { return s.db.Close() }

func newStore(dir string) (*store, error) {
	db, err := pebble.Open(dir, nil)
	if err != nil {
		return nil, err
	}
	return &store{db}, nil
}

func leakyStore(dir string, key, value []byte) error {
	s, err := newStore(dir) // leak
	if err != nil {
		return err
	}
	if err := s.db.Set(key, value, pebble.Sync); err != nil {
		return err
	}
	return s.Close()
}
