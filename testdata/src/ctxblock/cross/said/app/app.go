// Package app uses what another package says of itself by directives.
package app

import (
	"context"

	"ctxblock/cross/said/lib"
)

func pump(b lib.Broker, stop func() bool) {
	go func() {
		for !stop() {
			b.Peek()
			b.Next() // want `^nothing bounds the wait in Next: it has neither a context nor a time limit$`
			lib.Call()
			lib.Send()                            // want `^nothing bounds the wait in Send: it has neither a context nor a time limit$`
			lib.SendContext(context.Background()) // want `^nothing bounds the wait in SendContext: nothing ends its context$`
		}
	}()
}

func bounded(ctx context.Context, stop func() bool) {
	go func() {
		for !stop() {
			lib.SendContext(ctx)
		}
	}()
}
