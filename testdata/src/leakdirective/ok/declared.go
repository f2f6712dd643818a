package ok

import (
	"context"
	"io"
	"os"
)

// take keeps what it is given.
//
//leakvet:owns a,b
//leakvet:borrows c // only for the call
func take(a, b, c io.ReadCloser) {}

//leakvet:owns result
func opened(name string) (*os.File, error) { return os.Open(name) }

//leakvet:borrows f
func shared() (f *os.File) { return }

//leakvet:blocks message
//leakvet:unbounded
func next(ctx context.Context) string { return "" }

//leakvet:shrinks m
func prune(m map[string]int) {}

type table[K comparable] struct {
	//leakvet:owns
	//leakvet:bounded
	files map[K]*os.File

	ids, names []string //leakvet:unbounded
	*os.File            //leakvet:owns
}

//leakvet:shrinks
func (t *table[K]) prune() {}

//leakvet:owns t
func (t *table[K]) end() {}

// region is one of a few.
//
//leakvet:bounded
type region string

type decoder interface {
	//leakvet:borrows r
	Decode(r io.Reader) error
	Next() (string, error) //leakvet:bounded
}

var regions = map[region]int{} //leakvet:bounded
