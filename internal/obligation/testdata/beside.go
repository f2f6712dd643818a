package file

import (
	"context"
	"io"
	"os"
)

func keep(any)            {}
func work() (bool, error) { return false, nil }

func endIf(end bool, c io.Closer) {
	if end {
		c.Close()
	}
}

// A helper does what its other arguments say.

// WANT: done, open@9
func ended(name string, end bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	endIf(end, f)
	if end {
		return nil
	}
	return nil
}

// WANT: done
func endedSurely(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	endIf(true, f)
	return nil
}

// A goroutine that may leave the resource open is no release.

// WANT: done, open@14? by beside$1, passed@5
func beside(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		if _, err := f.Stat(); err != nil {
			return
		}
		f.Close()
	}()
	if _, err := work(); err != nil {
		println()
	}
	return nil
}

// WANT: passed@5
func besideSurely(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		defer f.Close()
		f.Stat()
	}()
	return nil
}

// WANT: done, passed@5
func besideAndAfter(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go func() {
		if _, err := f.Stat(); err == nil {
			f.Close()
		}
	}()
	f.Close()
	return nil
}

// What is left only if there is an error, the deferred call of which knows.

// WANT: done, returned 0
func finally(ctx context.Context, name string) (f *os.File, err error) {
	f, err = os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	defer keep(nil)
	go func() { _, err = work() }()
	select {
	case <-ctx.Done():
		return f, ctx.Err()
	default:
	}
	return f, nil
}
