// Package app uses what another package says of itself by directives.
package app

import (
	"context"

	"ctxdrop/cross/said/lib"
)

func handle(ctx context.Context, b lib.Broker) error {
	if err := lib.Send(); err != nil { // want `^the unused ctx is not passed to Send, which blocks on the network$`
		return err
	}
	if err := lib.Call(); err != nil {
		return err
	}
	lib.Nap()
	return flush()
}

func messages(ctx context.Context, b lib.Broker) error {
	if _, err := b.Next(); err != nil { // want `^ctx is not passed to Next, which blocks on a message$`
		return err
	}
	if _, err := b.Wait(ctx); err != nil {
		return err
	}
	_, err := b.Wait(context.Background()) // want `^ctx is not passed to Wait, which blocks on a message: Wait gets context\.Background\(\)$`
	return err
}

func query(ctx context.Context) error {
	return lib.Query(context.Background(), "a") // want `^the unused ctx is not passed to Query, which blocks on the database: Query gets context\.Background\(\)$`
}

func flush() error { return nil }

// What waits is reached through the only implementation.
func deliver(ctx context.Context, c lib.Courier) error {
	return c.Deliver() // want `^the unused ctx is not passed to Deliver, which blocks in \(lib\.courier\)\.Deliver$`
}

// relay takes no context either.
func relay() error { return lib.Send() }

func relayed(ctx context.Context) error {
	return relay() // want `^the unused ctx is not passed to relay, which blocks in lib\.Send$`
}
