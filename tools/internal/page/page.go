// Package page keeps tables on a page that are made of what is on record.
package page

import (
	"fmt"
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
