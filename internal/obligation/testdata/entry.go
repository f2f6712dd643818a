package entry

import (
	"errors"
	"io"
	"os"
)

func borrow(any) {}
func keep(any)   {}

// EFFECT: released
func closes(c io.Closer) { c.Close() }

// EFFECT: borrowed, else never returns
func reads(r io.Reader) error {
	borrow(r)
	return nil
}

// EFFECT: escaped
func keeps(r io.Reader) { keep(r) }

// EFFECT: borrowed, else released
func closesOnError(f *os.File) error {
	if f.Name() == "" {
		f.Close()
		return errors.New("no name")
	}
	return nil
}

// EFFECT: released, else borrowed
func succeeds(f *os.File) bool {
	if f.Name() == "" {
		f.Close()
		return false
	}
	return true
}

// EFFECT: released
func closesUnlessNil(c io.Closer) {
	if c != nil {
		c.Close()
	}
}

// EFFECT: borrowed|released
func closesPerhaps(c io.Closer, really bool) {
	if really {
		c.Close()
	}
}

// EFFECT: released
func closesIfCloser(r io.Reader) {
	if c, ok := r.(io.Closer); ok {
		c.Close()
	}
}

// EFFECT: borrowed, result 0
func hands(f *os.File) io.Reader { return f }

type pair struct {
	n int
	f *os.File
}

// EFFECT: released
func closesField(p pair) { p.f.Close() }

// EFFECT: borrowed, result 0.1
func handsInside(f *os.File) *pair { return &pair{f: f} }

// EFFECT: never returns
func dies(c io.Closer) { os.Exit(1) }

// EFFECT: never returns, else released
func fails(f *os.File) error {
	f.Close()
	return errors.New("always")
}

// EFFECT: released
func closesGeneric[T io.Closer](t T) { t.Close() }

type taker struct{ taken, other io.Closer }

// EFFECT: escaped
func takes(c io.Closer) *taker { return &taker{taken: c} }

// EFFECT: borrowed, result 0.1
func handsBack(c io.Closer) *taker { return &taker{other: c} }
