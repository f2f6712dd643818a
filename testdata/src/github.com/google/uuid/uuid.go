// Package uuid is as much of the real one as the fixtures need.
package uuid

type UUID [16]byte

func New() UUID                    { return UUID{} }
func NewString() string            { return "" }
func NewRandom() (UUID, error)     { return UUID{}, nil }
func Parse(s string) (UUID, error) { return UUID{}, nil }
func (u UUID) String() string      { return "" }
