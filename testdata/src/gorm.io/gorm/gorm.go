// Package gorm has the declarations of gorm.io/gorm that the fixtures use.
package gorm

import "database/sql"

type DB struct {
	Error        error
	RowsAffected int64
}

func (db *DB) Begin(opts ...*sql.TxOptions) *DB                               { return nil }
func (db *DB) Commit() *DB                                                    { return nil }
func (db *DB) Rollback() *DB                                                  { return nil }
func (db *DB) Create(value any) *DB                                           { return nil }
func (db *DB) Where(query any, args ...any) *DB                               { return nil }
func (db *DB) First(dest any, conds ...any) *DB                               { return nil }
func (db *DB) Save(value any) *DB                                             { return nil }
func (db *DB) Rows() (*sql.Rows, error)                                       { return nil, nil }
func (db *DB) Transaction(f func(tx *DB) error, opts ...*sql.TxOptions) error { return nil }
