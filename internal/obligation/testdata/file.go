package file

import (
	"errors"
	"io"
	"log"
	"os"
)

func borrow(io.Reader)                   {}
func closes(io.Closer)                   {}
func closesOrNot(io.Closer) (r struct{}) { return r }
func closesOnError(io.Closer) error      { return nil }
func keep(any)                           {}
func wrap(r io.ReadCloser) io.ReadCloser { return r }
func dies(any)                           {}
func must(bool)                          {}
func noError(error)                      {}
func gaveUp()                            {}
func annotate(err error) error           { return err }
func pure(string) bool                   { return false }

// WANT: open@5
func never(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return f.Sync()
}

// WANT: done
func closed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	borrow(f)
	return f.Close()
}

// WANT: done
func deferred(name string) (int64, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Seek(0, 1)
}

// WANT: done, open@6
func early(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if f.Name() == "x" {
		return errors.New("x")
	}
	defer f.Close()
	return nil
}

// WANT: open@2
func discarded(name string) {
	os.Open(name)
}

// WANT: open@2
func blank(name string) error {
	_, err := os.Open(name)
	return err
}

// WANT: returned 0
func returned(name string) (*os.File, error) {
	return os.Open(name)
}

// WANT: returned 1
func returnedAsInterface(name string) (int, io.ReadCloser) {
	f, err := os.Open(name)
	if err != nil {
		return 0, nil
	}
	return 1, f
}

type holder struct {
	n int
	f *os.File
}

func (h *holder) use() {}

// WANT: returned 0.1
func returnedInside(name string) (*holder, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &holder{f: f}, nil
}

// WANT: stored f
func stored(h *holder, name string) (err error) {
	f, err := os.Open(name)
	if err == nil {
		h.f = f
	}
	return err
}

var global *os.File

// WANT: stored
func storedGlobal(name string) {
	global, _ = os.Open(name)
}

// WANT: stored
func appended(to *[]io.Closer, name string) {
	if f, err := os.Open(name); err == nil {
		*to = append(*to, f)
	}
}

// WANT: passed@2
func sent(c chan *os.File, name string) {
	f, _ := os.Open(name)
	c <- f
}

// WANT: passed@3
func mapped(m map[string]*os.File, name string) {
	f, err := os.Open(name)
	if err == nil {
		m[name] = f
	}
}

// A select that may send counts as sending.
//
// WANT: open@7, passed@2
func selected(c chan *os.File, done chan bool, name string) {
	if f, err := os.Open(name); err == nil {
		select {
		case c <- f:
		case <-done:
		}
	}
}

// WANT: passed@5
func handedOn(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	keep(f)
	return nil
}

// WANT: done
func closedByHelper(name string) {
	if f, err := os.Open(name); err == nil {
		closes(f)
	}
}

// WANT: done, open@6
func closedByHelperOnError(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if err := closesOnError(f); err == nil {
		return nil
	}
	return errors.New("x")
}

// WANT: done
func perhapsClosedByHelper(name string) {
	if f, err := os.Open(name); err == nil {
		closesOrNot(f)
	}
}

// WANT: done
func closedByHelperLater(name string) {
	if f, err := os.Open(name); err == nil {
		defer closes(f)
		borrow(f)
	}
}

// WANT: done
func wrapped(name string) {
	if f, err := os.Open(name); err == nil {
		w := wrap(f)
		defer w.Close()
	}
}

// WANT: unreached
func unreachable(name string, never bool) {
	if never {
		if !never {
			os.Open(name)
		}
	}
}

// WANT: done
func fatal(name string) {
	f, err := os.Open(name)
	if err != nil {
		log.Fatal(err)
	}
	if name == "" {
		log.Fatal("no name")
	}
	if len(name) > 8 {
		panic("long")
	}
	if name == "x" {
		dies(f)
	}
	if name == "y" {
		gaveUp()
	}
	f.Close()
}

// WANT: done
func goroutineCloses(name string) {
	f, err := os.Open(name)
	if err == nil {
		go f.Close()
	}
}

// WANT: passed@3
func goroutineKeeps(name string) {
	f, err := os.Open(name)
	if err == nil {
		go keep(f)
	}
}

// WANT: open@4?
func goroutineBorrows(name string) {
	f, _ := os.Open(name)
	go borrow(f)

}

// WANT: done, open@8
func asserted(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var r io.Reader = f
	if c, ok := r.(interface{ Unknown() }); ok {
		_ = c
		return
	}
	r.(io.Closer).Close()
}

// WANT: done
func assertedCloser(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var r io.Reader = f
	if c, ok := r.(io.Closer); ok {
		c.Close()
	}
}

// WANT: done
func copied(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	a := holder{1, f}
	b := a
	b.f.Close()
}

// WANT: open@9
func overlaid(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	a := holder{1, f}
	a = holder{2, nil}
	a.use()

}

// WANT: done, open@12
func merged(name string, std bool) {
	var f *os.File
	if std {
		f = os.Stdin
	} else {
		var err error
		if f, err = os.Open(name); err != nil {
			return
		}
	}
	borrow(f)
	if name == "" {
		return
	}
	if !std {
		f.Close()
	}
}

// WANT: done
func named(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if cerr := f.Close(); err == nil {
			err = cerr
		}
	}()
	return f.Sync()
}

// WANT: done, open@10
func namedOnError(name string) (err error) {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	return f.Sync()
}

// The return sets f to nil before the deferred call runs.
//
// WANT: open@11, returned 0
func namedHandedOut(name string) (f *os.File, err error) {
	f, err = os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if err = f.Sync(); err != nil {
		return nil, err
	}
	return f, nil
}

// WANT: done, returned 0
func namedHandedOutWell(name string) (f *os.File, err error) {
	f, err = os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	err = f.Sync()
	return f, err
}
