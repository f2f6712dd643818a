// Package filestest helps tests: what it leaves open ends with them.
package filestest

import "os"

// Seed writes a file for a test.
func Seed(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := f.WriteString("orders"); err != nil {
		return err
	}
	return f.Close()
}
