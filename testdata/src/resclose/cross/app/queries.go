package app

import (
	"context"
	"database/sql"
	"resclose/cross/queries"
)

func overTx(ctx context.Context, db *sql.DB) error {
	tx, err := db.BeginTx(ctx, nil) // want `transaction from db\.BeginTx is not ended`
	if err != nil {
		return err
	}
	if err := queries.New(tx).Ins(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

func withTx(ctx context.Context, db *sql.DB, qs *queries.Queries) error {
	tx, err := db.BeginTx(ctx, nil) // want `transaction from db\.BeginTx is not ended`
	if err != nil {
		return err
	}
	qtx := qs.WithTx(tx)
	if err := qtx.Ins(ctx); err != nil {
		return err
	}
	return tx.Commit()
}

func ended(ctx context.Context, db *sql.DB, qs *queries.Queries) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback()
	qtx := qs.WithTx(tx)
	if err := qtx.Ins(ctx); err != nil {
		return err
	}
	return tx.Commit()
}
