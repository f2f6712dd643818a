// Package fields reads files of lines with columns, which blanks part.
package fields

import (
	"fmt"
	"os"
	"strings"
)

// Read hands the columns of each line of a file to a function, but for empty lines and
// those that begin with #. An error of the function gets the file and the line.
func Read(name string, each func(columns []string) error) error {
	data, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		f := strings.Fields(line)
		if len(f) == 0 || f[0][0] == '#' {
			continue
		}
		if err := each(f); err != nil {
			return fmt.Errorf("%s:%d: %w", name, n, err)
		}
	}
	return nil
}
