// Package lib says what it does, and once says it wrong.
package lib

import "io"

// Decoder decodes.
type Decoder interface {
	//leakvet:borrows r
	Decode(r io.Reader) error
}

// Take takes what it is given.
//
//leakvet:owns body // want `^leakvet:owns names body, which is no parameter of Take$`
func Take(r io.ReadCloser) {}
