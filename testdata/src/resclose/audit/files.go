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
