// Package codes is as much of the real one as the fixtures need.
package codes

type Code uint32

const (
	OK       Code = 0
	NotFound Code = 5
	Internal Code = 13
)

func (c Code) String() string { return "" }
