// Package lib says by directives what it waits for.
package lib

import "context"

var send func() error

// Send hides that it waits for a peer.
//
//leakvet:blocks
func Send() error { return send() }

// Call does, too, and does not say so.
func Call() error { return send() }

// Query waits for a database, as long as its context lets it.
//
//leakvet:blocks database
func Query(ctx context.Context, q string) error { return send() }

// Nap waits for nothing outside.
//
//leakvet:blocks sleep
func Nap() error { return send() }

// Broker is implemented by whoever uses the package.
type Broker interface {
	// Next waits for a message.
	//
	//leakvet:blocks message
	Next() (string, error)

	// Wait does, until its context ends.
	Wait(ctx context.Context) (string, error) //leakvet:blocks message

	// Peek does not say whether it waits.
	Peek(ctx context.Context) (string, error)
}

// Without facts, directives say the same.
func handle(ctx context.Context, b Broker) error {
	b.Next()                     // want `^the unused ctx is not passed to Next, which blocks on a message$`
	b.Wait(context.Background()) // want `^the unused ctx is not passed to Wait, which blocks on a message: Wait gets context\.Background\(\)$`
	Nap()
	return Send() // want `^the unused ctx is not passed to Send, which blocks on the network$`
}

// Courier has one implementation, which says what it does.
type Courier interface{ Deliver() error }

type courier struct{}

//leakvet:blocks
func (courier) Deliver() error { return send() }

func deliver(ctx context.Context, c Courier) error {
	return c.Deliver() // want `^the unused ctx is not passed to Deliver, which blocks in \(lib\.courier\)\.Deliver$`
}
