package closure

import (
	"errors"
	"os"
)

func borrow(any)                 {}
func keep(any)                   {}
func once(f func() error)        {}
func retry(f func() error) error { return f() }
func later(f func())             {}
func spawn(f func())             {}
func work() error                { return nil }

// WANT: done
func inPlace(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	func() { f.Close() }()
}

// WANT: done
func byName(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	done := func() { f.Close() }
	if name == "" {
		done()
		return
	}
	done()
}

// WANT: open@7
func byNameNever(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	look := func() { borrow(f) }
	look()
}

// WANT: done
func opensInPlace(name string) error {
	var f *os.File
	open := func() (err error) {
		f, err = os.Open(name)
		return err
	}
	if err := open(); err != nil {
		return err
	}
	return f.Close()
}

// WANT: open@8
func opensInPlaceOnly(name string) error {
	open := func() (*os.File, error) { return os.Open(name) }
	f, err := open()
	if err != nil {
		return err
	}
	borrow(f)

	return nil
}

// WANT: done
func deferred(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer func() { _ = f.Close() }()
	borrow(f)
}

// WANT: done, open@11
func deferredOnError(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	err = work()
	return err
}

// WANT: done
func deferredBefore(name string) error {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	f, err := os.Open(name)
	return err
}

// WANT: open@7
func deferredBeforeTooEarly(name string) error {
	var f *os.File
	defer f.Close()
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return nil
}

// WANT: done
func deferredOfOne(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	defer func(c *os.File) { c.Close() }(f)
}

// WANT: done
func deferredInOrder(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	closed := false
	defer func() {
		if !closed {
			f.Close()
		}
	}()
	defer func() {
		f.Close()
		closed = true
	}()
}

// WANT: done
func handedToRunner(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	once(func() error { return f.Close() })
}

// WANT: done, open@8, overwritten@3
func retriedBadly(name string) error {
	var f *os.File
	if err := retry(func() (err error) {
		if f, err = os.Open(name); err != nil {
			return err
		}
		return work()
	}); err != nil {
		return err
	}
	return f.Close()
}

// WANT: done
func retriedWell(name string) error {
	var f *os.File
	if err := retry(func() (err error) {
		f, err = os.Open(name)
		return err
	}); err != nil {
		return err
	}
	return f.Close()
}

// WANT: passed@5
func handedToUnknown(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	keep(func() { f.Close() })
}

// WANT: open@6
func handedToUnknownReader(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	keep(func() { borrow(f) })
}

// WANT: passed@5
func goroutine(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	go func() {
		defer f.Close()
		borrow(f)
	}()
}

// WANT: open@6?
func goroutineBorrows(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	go func() { borrow(f) }()
}

// WANT: returned 0()
func cleanup(name string) (func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return func() { f.Close() }, nil
}

// WANT: returned 0 1()
func resourceAndCleanup(name string) (*os.File, func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { f.Close() }, nil
}

// WANT: open@5
func uselessCleanup(name string) (func(), error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return func() { borrow(f) }, nil
}

// WANT: done, open@12
func captured(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	fail := func(msg string) error {
		f.Close()
		return errors.New(msg)
	}
	if name == "" {
		return fail("no name")
	}
	return nil
}
