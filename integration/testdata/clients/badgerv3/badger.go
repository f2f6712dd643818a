// Package badgerv3 reads and writes an embedded store of an earlier version.
package badgerv3

import "github.com/dgraph-io/badger/v3"

func healthyGC(dir string) error {
	db, err := badger.Open(badger.DefaultOptions(dir))
	if err != nil {
		return err
	}
	defer db.Close()
	return db.RunValueLogGC(0.5)
}

func leakyGC(dir string) error {
	db, err := badger.Open(badger.DefaultOptions(dir)) // leak
	if err != nil {
		return err
	}
	if err := db.RunValueLogGC(0.5); err != nil {
		return err
	}
	return db.Close()
}

func healthyKeys(db *badger.DB) (keys [][]byte) {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.DefaultIteratorOptions)
	defer it.Close()
	for it.Rewind(); it.Valid(); it.Next() {
		keys = append(keys, it.Item().KeyCopy(nil))
	}
	return keys
}

func leakyKeys(db *badger.DB, max int) (keys [][]byte) {
	txn := db.NewTransaction(false)
	defer txn.Discard()
	it := txn.NewIterator(badger.DefaultIteratorOptions) // leak
	for it.Rewind(); it.Valid(); it.Next() {
		if len(keys) == max {
			return keys
		}
		keys = append(keys, it.Item().KeyCopy(nil))
	}
	it.Close()
	return keys
}

func healthySwap(db *badger.DB, key, value []byte) error {
	txn := db.NewTransaction(true)
	defer txn.Discard()
	if _, err := txn.Get(key); err != nil {
		return err
	}
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit()
}

func leakySwap(db *badger.DB, key, value []byte) error {
	txn := db.NewTransaction(true) // leak
	if _, err := txn.Get(key); err != nil {
		return err
	}
	if err := txn.Set(key, value); err != nil {
		return err
	}
	return txn.Commit()
}
