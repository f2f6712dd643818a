// Package audit leaks, most likely.
package audit

import (
	"fmt"
	"io"
	"os"
)

// journal has no way to close its file.
type journal struct {
	f *os.File
}

func newJournal(name string) (*journal, error) {
	f, err := os.Create(name) // want `^file from os\.Create is kept in field f, and nothing in the package has it closed$`
	if err != nil {
		return nil, err
	}
	return &journal{f}, nil
}

func (j *journal) add(s string) error {
	_, err := j.f.WriteString(s)
	return err
}

// shards keeps a fixed number of files until it returns; the defers in the loop are wanted.
func shards(base string) error {
	var in [4]*os.File
	for i := range in {
		f, err := os.Open(fmt.Sprint(base, i)) // want `^file from os\.Open is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return err
		}
		defer f.Close()
		in[i] = f
	}
	_, err := io.Copy(io.Discard, in[0])
	return err
}

// part is a piece of an upload, or what begins one.
type part struct {
	name string
	data []byte
}

// received closes only the last file, if an upload begins more than once.
func received(parts <-chan part) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	for p := range parts {
		if p.name != "" {
			if f, err = os.Create(p.name); err != nil { // want `^file from os\.Create is not closed before the loop at line \d+ makes the call again$`
				return err
			}
		} else if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return nil
}

// gathered holds all files until it returns.
func gathered(names []string) (n int64, err error) {
	for _, name := range names {
		f, err := os.Open(name) // want `^file from os\.Open is closed by a defer in a loop at line \d+: it stays open until the function returns$`
		if err != nil {
			return 0, err
		}
		defer f.Close()
		st, err := f.Stat()
		if err != nil {
			return 0, err
		}
		n += st.Size()
	}
	return n, nil
}
