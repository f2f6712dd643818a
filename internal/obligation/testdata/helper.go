package fixture

import (
	"errors"
	"os"
)

type keeper struct{ keeps bool }

func (k *keeper) full() bool { return k.keeps }

func closesUnlessEmpty(f *os.File) error {
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if st.Size() == 0 {
		f.Close()
		return errors.New("empty")
	}
	return f.Close()
}

// WANT: done, open@5 by closesUnlessEmpty
func handedToHelper(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return closesUnlessEmpty(f)
}

// WANT: done, open@7
func decidesAfterHelper(name string, again bool) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	err = closesUnlessEmpty(f)
	if again {
		return err
	}
	return f.Close()
}

// WANT: done
func closedAfterHelper(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if err := closesUnlessEmpty(f); err != nil {
		f.Close()
		return err
	}
	return nil
}

// WANT: done, open@8? by closesUnlessEmpty, passed@5
func handedToGoroutine(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	go closesUnlessEmpty(f)

	// It is the goroutine's.
	return nil
}

func closesUnlessKept(f *os.File, k *keeper) {
	if k.full() {
		return
	}
	f.Close()
}

// What the package remembers may follow from what happened before.
//
// WANT: done, open@6! by closesUnlessKept
func handedWithState(name string, k *keeper) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	closesUnlessKept(f, k)
	return nil
}
