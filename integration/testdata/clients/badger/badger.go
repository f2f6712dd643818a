// Package badger reads and writes an embedded store.
package badger

import (
	"errors"
	"time"

	"github.com/dgraph-io/badger/v4"
)

var errCorrupt = errors.New("corrupt")

func healthyOpen(dir string) (*badger.DB, error) {
	return badger.Open(badger.DefaultOptions(dir).WithLogger(nil))
}

func leakyOpen(dir string, key []byte) (*badger.DB, error) {
	db, err := badger.Open(badger.DefaultOptions(dir)) // leak
	if err != nil {
		return nil, err
	}
	if err := db.View(func(txn *badger.Txn) error {
		_, err := txn.Get(key)
		return err
	}); err != nil {
		return nil, err
	}
	return db, nil
}

func healthyClosed(dir string, key, value []byte) (err error) {
	db, err := badger.OpenManaged(badger.DefaultOptions(dir))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	txn := db.NewTransactionAt(1, true) // holds nothing
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.CommitAt(2, nil)
}

func healthyCount(db *badger.DB, prefix []byte) (n int, err error) {
	err = db.View(func(txn *badger.Txn) error {
		opts := badger.DefaultIteratorOptions
		opts.PrefetchValues = false
		it := txn.NewIterator(opts)
		defer it.Close()
		for it.Seek(prefix); it.ValidForPrefix(prefix); it.Next() {
			n++
		}
		return nil
	})
	return n, err
}

func leakyIterator(db *badger.DB, visit func(v []byte) error) error {
	return db.View(func(txn *badger.Txn) error {
		it := txn.NewIterator(badger.DefaultIteratorOptions) // leak
		for it.Rewind(); it.Valid(); it.Next() {
			item := it.Item()
			if item.IsDeletedOrExpired() {
				continue
			}
			if err := item.Value(visit); err != nil {
				return err
			}
		}
		it.Close()
		return nil
	})
}

func leakyVersions(txn *badger.Txn, key []byte) uint64 {
	it := txn.NewKeyIterator(key, badger.DefaultIteratorOptions) // leak
	it.Rewind()
	if !it.Valid() {
		return 0
	}
	return it.Item().Version()
}

func healthyGet(db *badger.DB, key []byte) ([]byte, error) {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	item, err := txn.Get(key)
	if errors.Is(err, badger.ErrKeyNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return item.ValueCopy(nil)
}

func leakyGet(db *badger.DB, key []byte) ([]byte, error) {
	txn := db.NewTransaction(false) // leak
	item, err := txn.Get(key)
	if err != nil {
		return nil, err
	}
	v, err := item.ValueCopy(nil)
	txn.Discard()
	return v, err
}

func healthySet(db *badger.DB, pairs map[string][]byte) error {
	txn := db.NewTransaction(true)
	defer func() { txn.Discard() }()
	for k, v := range pairs {
		err := txn.Set([]byte(k), v)
		if errors.Is(err, badger.ErrTxnTooBig) {
			if err := txn.Commit(); err != nil {
				return err
			}
			txn = db.NewTransaction(true)
			err = txn.Set([]byte(k), v)
		}
		if err != nil {
			return err
		}
	}
	return txn.Commit()
}

func leakySet(db *badger.DB, key, value []byte, ttl time.Duration) error {
	txn := db.NewTransaction(true) // leak
	if err := txn.SetEntry(badger.NewEntry(key, value).WithTTL(ttl)); err != nil {
		return err
	}
	return txn.Commit()
}

func healthyAsync(db *badger.DB, key []byte, done func(error)) {
	txn := db.NewTransaction(true)
	if err := txn.Delete(key); err != nil {
		txn.Discard()
		done(err)
		return
	}
	txn.CommitWith(done)
}

func healthyBatch(db *badger.DB, keys [][]byte) error {
	wb := db.NewWriteBatch()
	defer wb.Cancel()
	for _, k := range keys {
		if err := wb.Delete(k); err != nil {
			return err
		}
	}
	return wb.Flush()
}

func leakyBatch(db *badger.DB, pairs map[string][]byte) error {
	wb := db.NewWriteBatch() // leak
	for k, v := range pairs {
		if err := wb.Set([]byte(k), v); err != nil {
			return err
		}
	}
	return wb.Flush()
}

func healthyMerge(db *badger.DB, key []byte, f badger.MergeFunc) ([]byte, error) {
	m := db.GetMergeOperator(key, f, time.Second)
	defer m.Stop()
	return m.Get()
}

func leakyMerge(db *badger.DB, key, value []byte, f badger.MergeFunc) error {
	m := db.GetMergeOperator(key, f, time.Second) // leak
	if err := m.Add(value); err != nil {
		return err
	}
	m.Stop()
	return nil
}

func healthyTool(dir string, key []byte) error {
	db, err := badger.Open(badger.DefaultOptions(dir))
	if err != nil {
		return err
	}
	defer db.Close()
	txn := db.NewTransaction(false) // the database ends it
	if _, err := txn.Get(key); err != nil {
		return err
	}
	txn.Discard()
	return nil
}

// cursor is closed by who asked for it.
type cursor struct {
	txn *badger.Txn
	it  *badger.Iterator
}

func newCursor(db *badger.DB) *cursor {
	txn := db.NewTransaction(false)
	return &cursor{txn: txn, it: txn.NewIterator(badger.DefaultIteratorOptions)}
}

func (c *cursor) Close() {
	c.it.Close()
	c.txn.Discard()
}

func healthyCursor(db *badger.DB) bool {
	c := newCursor(db)
	defer c.Close()
	c.it.Rewind()
	return c.it.Valid()
}

func leakyCursor(db *badger.DB, key []byte) error {
	c := newCursor(db) // leak
	c.it.Seek(key)
	if !c.it.Valid() {
		return errCorrupt
	}
	c.Close()
	return nil
}
