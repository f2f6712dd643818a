// Package page keeps tables on a page that are made of what is on record.
package page

import (
	"fmt"
	"os"
	"strings"
)

// A table stands between these lines, the first with its name and the command that
// writes it.
const (
	begin = "<!-- %s, written by go run ./%s -tables -->\n"
	end   = "<!-- end -->\n"
)

// Table is a table that a command writes.
type Table struct{ Name, Rows string }

// Rewrite replaces the text of a page by what a function makes of it.
func Rewrite(name string, with func(text string) (string, error)) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	written, err := with(string(text))
	if err != nil {
		return err
	}
	return os.WriteFile(name, []byte(written), 0o666)
}

// With returns the page with tables of a command in the places that it has for them.
// A missing place is an error.
func With(text, command string, tables []Table) (string, error) {
	for _, t := range tables {
		line := fmt.Sprintf(begin, t.Name, command)
		before, rest, ok := strings.Cut(text, line)
		_, after, ok2 := strings.Cut(rest, end)
		if !ok || !ok2 {
			return "", fmt.Errorf("the page has no place for the table of %s: want %q, later %q", t.Name, strings.TrimSpace(line), strings.TrimSpace(end))
		}
		text = before + line + t.Rows + end + after
	}
	return text, nil
}
