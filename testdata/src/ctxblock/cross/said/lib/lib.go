// Package lib says by directives what it waits for.
package lib

import "context"

var send, call func() error

// Send hides that it waits for a peer.
//
//leakvet:blocks
func Send() error { return send() }

// Call does, too, and does not say so.
func Call() error { return call() }

// SendContext waits as long as its context lets it.
//
//leakvet:blocks
func SendContext(ctx context.Context) error { return send() }

// Broker is implemented by whoever uses the package.
type Broker interface {
	// Next waits for a process.
	//
	//leakvet:blocks process
	Next() (string, error)

	// Peek does not say whether it waits.
	Peek() (string, error)
}

// Without facts, directives say the same.
func pump(b Broker, stop func() bool) {
	go func() {
		for !stop() {
			b.Peek()
			b.Next() // want `^nothing bounds the wait in Next: it has neither a context nor a time limit$`
			Call()
			Send() // want `^nothing bounds the wait in Send: it has neither a context nor a time limit$`
		}
	}()
}
