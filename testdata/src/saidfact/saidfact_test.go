package saidfact

import (
	"io"
	"testing"
)

// What tests say is for them alone.
//
//leakvet:bounded
type Kind string

type Fake interface {
	//leakvet:borrows r
	Put(r io.Reader) error
}

func TestNothing(t *testing.T) {}
