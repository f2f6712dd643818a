// Package pebblev1 reads and writes an embedded store of an earlier version.
package pebblev1

import (
	"context"
	"slices"

	"github.com/cockroachdb/pebble"
)

func healthyGet(db *pebble.DB, key []byte) ([]byte, error) {
	v, closer, err := db.Get(key)
	if err != nil {
		return nil, err
	}
	out := slices.Clone(v)
	return out, closer.Close()
}

func leakyGet(db *pebble.DB, key []byte) ([]byte, error) {
	v, _, err := db.Get(key) // leak
	return v, err
}

func healthyLast(db *pebble.DB) ([]byte, error) {
	it, err := db.NewIter(nil)
	if err != nil {
		return nil, err
	}
	defer it.Close()
	if !it.Last() {
		return nil, it.Error()
	}
	return slices.Clone(it.Key()), nil
}

func leakyLast(db *pebble.DB) ([]byte, error) {
	it, err := db.NewIter(nil) // leak
	if err != nil {
		return nil, err
	}
	if !it.Last() {
		return nil, it.Error()
	}
	key := slices.Clone(it.Key())
	return key, it.Close()
}

func healthyPending(ctx context.Context, b *pebble.Batch) (n int, err error) {
	it := b.NewIterWithContext(ctx, nil)
	for it.First(); it.Valid(); it.Next() {
		n++
	}
	return n, it.Close()
}

func leakyPending(ctx context.Context, b *pebble.Batch, key []byte) (bool, error) {
	it := b.NewIterWithContext(ctx, nil) // leak
	if !it.SeekGE(key) {
		return false, nil
	}
	return true, it.Close()
}

func leakyTool(dir string) (*pebble.Metrics, error) {
	db, err := pebble.Open(dir, &pebble.Options{ReadOnly: true}) // leak
	if err != nil {
		return nil, err
	}
	snap := db.NewSnapshot()
	defer snap.Close()
	if err := db.Flush(); err != nil {
		return nil, err
	}
	m := db.Metrics()
	return m, db.Close()
}
