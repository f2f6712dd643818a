// Package goleveldb reads and writes an embedded store.
package goleveldb

import (
	"bytes"
	"errors"

	"github.com/syndtr/goleveldb/leveldb"
	lerrors "github.com/syndtr/goleveldb/leveldb/errors"
	"github.com/syndtr/goleveldb/leveldb/iterator"
	"github.com/syndtr/goleveldb/leveldb/opt"
	"github.com/syndtr/goleveldb/leveldb/util"
)

var errCorrupt = errors.New("corrupt")

func healthyOpen(path string) (*leveldb.DB, error) {
	db, err := leveldb.OpenFile(path, &opt.Options{Filter: nil})
	if lerrors.IsCorrupted(err) {
		db, err = leveldb.RecoverFile(path, nil)
	}
	if err != nil {
		return nil, err
	}
	return db, nil
}

func leakyOpen(path string, version []byte) (*leveldb.DB, error) {
	db, err := leveldb.OpenFile(path, nil) // leak
	if err != nil {
		return nil, err
	}
	got, err := db.Get([]byte("version"), nil)
	if err != nil && err != leveldb.ErrNotFound {
		return nil, err
	}
	if !bytes.Equal(got, version) {
		return nil, errCorrupt
	}
	return db, nil
}

func healthyOpenChecked(path string, version []byte) (*leveldb.DB, error) {
	db, err := leveldb.OpenFile(path, nil)
	if err != nil {
		return nil, err
	}
	if err := db.Put([]byte("version"), version, nil); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

func healthyScan(db *leveldb.DB, prefix []byte, visit func(k, v []byte) error) error {
	it := db.NewIterator(util.BytesPrefix(prefix), nil)
	defer it.Release()
	for it.Next() {
		if err := visit(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	return it.Error()
}

func leakyScan(db *leveldb.DB, prefix []byte, visit func(k, v []byte) error) error {
	it := db.NewIterator(util.BytesPrefix(prefix), nil) // leak
	for it.Next() {
		if err := visit(it.Key(), it.Value()); err != nil {
			return err
		}
	}
	it.Release()
	return it.Error()
}

func leakyFirst(db *leveldb.DB) []byte {
	it := db.NewIterator(nil, nil) // leak
	if it.First() {
		return append([]byte(nil), it.Key()...)
	}
	return nil
}

func leakyReader(r leveldb.Reader) bool {
	it := r.NewIterator(nil, nil) // leak
	return it.Last()
}

func healthySnapshot(db *leveldb.DB, keys [][]byte) (int, error) {
	snap, err := db.GetSnapshot()
	if err != nil {
		return 0, err
	}
	defer snap.Release()
	n := 0
	for _, k := range keys {
		ok, err := snap.Has(k, nil)
		if err != nil {
			return 0, err
		}
		if ok {
			n++
		}
	}
	return n, nil
}

func leakySnapshot(db *leveldb.DB, key []byte) ([]byte, error) {
	snap, err := db.GetSnapshot() // leak
	if err != nil {
		return nil, err
	}
	v, err := snap.Get(key, nil)
	if err != nil {
		return nil, err
	}
	snap.Release()
	return v, nil
}

func healthySnapshotOfIterator(db *leveldb.DB) (iterator.Iterator, error) {
	snap, err := db.GetSnapshot()
	if err != nil {
		return nil, err
	}
	it := snap.NewIterator(nil, nil)
	it.SetReleaser(snap)
	return it, nil
}

func healthyTransaction(db *leveldb.DB, b *leveldb.Batch) error {
	tr, err := db.OpenTransaction()
	if err != nil {
		return err
	}
	if err := tr.Write(b, nil); err != nil {
		tr.Discard()
		return err
	}
	if err := tr.Commit(); err != nil {
		tr.Discard()
		return err
	}
	return nil
}

func healthyTransactionDeferred(db *leveldb.DB, k, v []byte) error {
	tr, err := db.OpenTransaction()
	if err != nil {
		return err
	}
	defer tr.Discard()
	if err := tr.Put(k, v, nil); err != nil {
		return err
	}
	return tr.Commit()
}

func leakyTransaction(db *leveldb.DB, k, v []byte) error {
	tr, err := db.OpenTransaction() // leak
	if err != nil {
		return err
	}
	if err := tr.Put(k, v, nil); err != nil {
		return err
	}
	if err := tr.Commit(); err != nil {
		tr.Discard()
		return err
	}
	return nil
}

func leakyCommit(db *leveldb.DB, b *leveldb.Batch) error {
	tr, err := db.OpenTransaction() // leak
	if err != nil {
		return err
	}
	if err := tr.Write(b, nil); err != nil {
		tr.Discard()
		return err
	}
	return tr.Commit()
}

func healthyDump(path string, visit func(k []byte)) error {
	db, err := leveldb.OpenFile(path, &opt.Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer db.Close()
	snap, err := db.GetSnapshot() // the database ends it
	if err != nil {
		return err
	}
	it := snap.NewIterator(nil, nil)
	defer it.Release()
	for ok := it.First(); ok; ok = it.Next() {
		visit(it.Key())
	}
	return it.Error()
}

func leakyDump(path string, visit func(k []byte)) error {
	db, err := leveldb.OpenFile(path, &opt.Options{ReadOnly: true}) // leak
	if err != nil {
		return err
	}
	it := db.NewIterator(nil, nil)
	defer it.Release()
	for it.Next() {
		visit(it.Key())
	}
	if err := it.Error(); err != nil {
		return err
	}
	return db.Close()
}

// store is closed by who made it.
type store struct{ db *leveldb.DB }

func newStore(path string) (*store, error) {
	db, err := leveldb.OpenFile(path, nil)
	if err != nil {
		return nil, err
	}
	return &store{db: db}, nil
}

func (s *store) Close() error { return s.db.Close() }

func (s *store) iterator(prefix []byte) iterator.Iterator {
	return s.db.NewIterator(util.BytesPrefix(prefix), nil)
}

func healthyHelper(s *store, prefix []byte) int {
	n := 0
	it := s.iterator(prefix)
	for it.Next() {
		n++
	}
	it.Release()
	return n
}

func leakyHelper(s *store, prefix []byte) (int, error) {
	n := 0
	it := s.iterator(prefix) // leak
	for it.Next() {
		if len(it.Value()) == 0 {
			return 0, errCorrupt
		}
		n++
	}
	it.Release()
	return n, nil
}
