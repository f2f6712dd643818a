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

func read(n int) ([]byte, error) { return make([]byte, n), nil }

// What is known of the lengths of values that are gone makes no more paths.
// WANT: done, open@62
func lengths(n int) error {
	v0, err := read(n)
	if err != nil && len(v0) > 0 {
		return err
	}
	v1, err := read(n)
	if err != nil && len(v1) > 1 {
		return err
	}
	v2, err := read(n)
	if err != nil && len(v2) > 2 {
		return err
	}
	v3, err := read(n)
	if err != nil && len(v3) > 3 {
		return err
	}
	v4, err := read(n)
	if err != nil && len(v4) > 4 {
		return err
	}
	v5, err := read(n)
	if err != nil && len(v5) > 5 {
		return err
	}
	v6, err := read(n)
	if err != nil && len(v6) > 6 {
		return err
	}
	v7, err := read(n)
	if err != nil && len(v7) > 7 {
		return err
	}
	v8, err := read(n)
	if err != nil && len(v8) > 8 {
		return err
	}
	v9, err := read(n)
	if err != nil && len(v9) > 9 {
		return err
	}
	v10, err := read(n)
	if err != nil && len(v10) > 10 {
		return err
	}
	v11, err := read(n)
	if err != nil && len(v11) > 11 {
		return err
	}
	v12, err := read(n)
	if err != nil && len(v12) > 12 {
		return err
	}
	v13, err := read(n)
	if err != nil && len(v13) > 13 {
		return err
	}
	f, err := os.Open("x")
	if err != nil {
		return err
	}
	if n > 1 {
		return nil
	}
	return f.Close()
}
