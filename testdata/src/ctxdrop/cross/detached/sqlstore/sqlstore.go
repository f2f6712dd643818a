// Package sqlstore is a store behind one that detaches.
package sqlstore

import (
	"context"
	"database/sql"

	"ctxdrop/cross/detached/store"
)

// Store implements store.Store.
type Store struct{ db *sql.DB }

var _ store.Store = (*Store)(nil)

// Insert is called through the interface, with a context that never ends.
func (s *Store) Insert(ctx context.Context, id string) error {
	if _, err := s.db.Exec("INSERT INTO orders VALUES (?)", id); err != nil {
		return err
	}
	return s.touch(ctx, id)
}

// Find hands its context on.
func (s *Store) Find(ctx context.Context, id string) (string, error) {
	return "", s.touch(ctx, id)
}

// touch gets contexts that never end only.
func (s *Store) touch(ctx context.Context, id string) error {
	_, err := s.db.Exec("UPDATE orders SET seen = 1 WHERE id = ?", id)
	return err
}

// Ping gets the caller's own context.
func (s *Store) Ping(ctx context.Context) error {
	_, err := s.db.Exec("SELECT 1") // want `ctx is not passed to \(\*sql.DB\).Exec: call ExecContext`
	return err
}

// Delete is none of the interface's methods.
func (s *Store) Delete(ctx context.Context, id string) error {
	_, err := s.db.Exec("DELETE FROM orders WHERE id = ?", id) // want `ctx is not passed to \(\*sql.DB\).Exec: call ExecContext`
	return err
}

type other struct{ db *sql.DB }

// Insert implements nothing.
func (o *other) Insert(ctx context.Context, id string) error {
	_, err := o.db.Exec("INSERT INTO orders VALUES (?)", id) // want `ctx is not passed to \(\*sql.DB\).Exec: call ExecContext`
	return err
}

// warm is called with a fresh context, and with one that ends.
func (s *Store) warm(ctx context.Context) error {
	_, err := s.db.Exec("SELECT 2") // want `ctx is not passed to \(\*sql.DB\).Exec: call ExecContext`
	return err
}

// cool is called with fresh contexts only.
func (s *Store) cool(ctx context.Context) error {
	_, err := s.db.Exec("SELECT 3")
	return err
}

// Start warms up.
func (s *Store) Start(ctx context.Context) {
	s.warm(ctx)
	s.warm(context.Background())
	fresh := context.Background()
	s.cool(fresh)
	s.cool(context.WithValue(context.TODO(), "a", 1))
}

// Part has the methods that Whole implements store.Store with.
type Part struct{ db *sql.DB }

// Insert is promoted.
func (p *Part) Insert(ctx context.Context, id string) error {
	_, err := p.db.Exec("INSERT INTO orders VALUES (?)", id)
	return err
}

// Whole is a store.Store.
type Whole struct{ *Part }

func (w *Whole) Find(ctx context.Context, id string) (string, error) { return "", nil }

func (w *Whole) Ping(ctx context.Context) error { return nil }
