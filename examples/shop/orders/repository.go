// Package orders stores what customers ordered.
package orders

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrNotFound says that there is no such order.
var ErrNotFound = errors.New("no such order")

// Order is what one customer ordered at once.
type Order struct {
	ID       string    `json:"id"`
	Customer string    `json:"customer"`
	Placed   time.Time `json:"placed"`
	Lines    []Line    `json:"lines"`
}

// Line is one product of an order.
type Line struct {
	SKU    string `json:"sku"`
	Pieces int    `json:"pieces"`
}

// Repository keeps orders in a SQL database.
type Repository struct {
	db *sql.DB
}

// NewRepository returns a Repository over db, which stays the caller's.
func NewRepository(db *sql.DB) *Repository { return &Repository{db: db} }

// Save stores an order and its lines, or nothing if it fails.
func (r *Repository) Save(ctx context.Context, o Order) error {
	tx, err := r.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit

	if _, err := tx.ExecContext(ctx,
		`INSERT INTO orders (id, customer, placed) VALUES ($1, $2, $3)`,
		o.ID, o.Customer, o.Placed); err != nil {
		return fmt.Errorf("save order %s: %w", o.ID, err)
	}
	stmt, err := tx.PrepareContext(ctx, `INSERT INTO lines (order_id, sku, pieces) VALUES ($1, $2, $3)`)
	if err != nil {
		return err
	}
	defer stmt.Close()
	for _, l := range o.Lines {
		if _, err := stmt.ExecContext(ctx, o.ID, l.SKU, l.Pieces); err != nil {
			return fmt.Errorf("save line %s of %s: %w", l.SKU, o.ID, err)
		}
	}
	return tx.Commit()
}

// Find returns an order with its lines; the error is ErrNotFound if there is
// none with that id.
func (r *Repository) Find(ctx context.Context, id string) (Order, error) {
	o := Order{ID: id}
	err := r.db.QueryRowContext(ctx, `SELECT customer, placed FROM orders WHERE id = $1`, id).
		Scan(&o.Customer, &o.Placed)
	if errors.Is(err, sql.ErrNoRows) {
		return Order{}, ErrNotFound
	}
	if err != nil {
		return Order{}, err
	}
	// healthy: the rows are closed on every path
	rows, err := r.db.QueryContext(ctx, `SELECT sku, pieces FROM lines WHERE order_id = $1 ORDER BY sku`, id)
	if err != nil {
		return Order{}, err
	}
	defer rows.Close()
	for rows.Next() {
		var l Line
		if err := rows.Scan(&l.SKU, &l.Pieces); err != nil {
			return Order{}, err
		}
		o.Lines = append(o.Lines, l)
	}
	return o, rows.Err()
}

// Customers returns who has ordered a product, at most limit of them.
func (r *Repository) Customers(ctx context.Context, sku string, limit int) ([]string, error) {
	// leak(resclose): a full list returns before the rows are closed, and keeps a connection
	rows, err := r.db.QueryContext(ctx,
		`SELECT DISTINCT customer FROM orders JOIN lines ON order_id = id WHERE sku = $1`, sku)
	if err != nil {
		return nil, err
	}
	var customers []string
	for rows.Next() {
		var c string
		if err := rows.Scan(&c); err != nil {
			rows.Close()
			return nil, err
		}
		if customers = append(customers, c); len(customers) == limit {
			return customers, nil
		}
	}
	return customers, rows.Err()
}

// SetPrice records what a product costs.
func (r *Repository) SetPrice(ctx context.Context, sku string, cents int64) error {
	_, err := r.db.ExecContext(ctx, `UPDATE products SET cents = $2 WHERE sku = $1`, sku, cents)
	return err
}
