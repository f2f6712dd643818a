package cond

import (
	"errors"
	"fmt"
	"os"
)

func must(bool)                {}
func noError(error)            {}
func annotate(err error) error { return err }
func pure(string) bool         { return false }
func work() error              { return nil }

type options struct {
	keep bool
	n    int
}

// WANT: done
func sameFlag(name string, want bool) {
	var f *os.File
	if want {
		f, _ = os.Open(name)
	}
	if want && f != nil {
		f.Close()
	}
}

// WANT: done, open@10
func otherFlag(name string, want, other bool) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if want {
		f.Close()
	} else if other {
		f.Close()
	}
}

// WANT: done
func errorTwice(name string) error {
	f, err := os.Open(name)
	if err == nil {
		fmt.Println(f.Name())
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// WANT: done
func nilGuard(name string) {
	f, _ := os.Open(name)
	if f != nil {
		f.Close()
	}
}

// WANT: open@6
func inverted(name string) error {
	f, err := os.Open(name)
	if err != nil {
		defer f.Close()
		return err
	}
	return nil
}

// WANT: done
func sameField(o *options, name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if !o.keep {
		f.Close()
	}
	if o.keep {
		f.Close()
	}
}

// WANT: done, open@12
func fieldChanged(o *options, name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if !o.keep {
		f.Close()
	}
	o = &options{n: len(name)}
	if o.keep {
		f.Close()
	}
}

// WANT: done
func bounds(name string, n int) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if n > 3 {
		f.Close()
	} else if n < 7 {
		f.Close()
	}
}

// WANT: done, open@11
func boundsGap(name string, n int) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if n > 3 {
		f.Close()
	}
	if n < 3 {
		f.Close()
	}
}

// WANT: done
func cases(name, mode string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	switch mode {
	case "a":
		f.Close()
	}
	if mode != "a" {
		f.Close()
	}
}

// WANT: done
func annotated(name string) error {
	f, err := os.Open(name)
	if err := annotate(err); err != nil {
		return err
	}
	return f.Close()
}

// WANT: done
func neverNil(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if name == "" {
		err = errors.New("no name")
	}
	if err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// WANT: done
func assumed(name string) {
	f, err := os.Open(name)
	noError(err)
	ok := f.Sync() == nil
	must(ok)
	if ok {
		f.Close()
	}
}

// WANT: done
func pureTwice(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if pure(name) {
		f.Close()
	}
	if !pure(name) {
		f.Close()
	}
}

// WANT: done, open@11
func impure(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if work() == nil {
		f.Close()
	}
	if work() != nil {
		f.Close()
	}
}

// WANT: done
func successFlag(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	ok := false
	defer func() {
		if !ok {
			f.Close()
		}
	}()
	if err := work(); err != nil {
		return err
	}
	ok = true
	return f.Close()
}
