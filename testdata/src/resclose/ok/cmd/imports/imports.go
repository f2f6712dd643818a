// Package imports is the part of a command that imports orders.
package imports

import (
	"io"
	"os"
)

// Orders reads a file of orders: the command ends if it cannot.
func Orders(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return data, f.Close()
}

// Store is what the command reads from.
type Store struct{ dir string }

// Get may be called for each order.
func (s *Store) Get(name string) ([]byte, error) {
	f, err := os.Open(s.dir + name) // want `file from os.Open is not closed when the function returns at line \d+`
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	return data, f.Close()
}
