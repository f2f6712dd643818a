package run

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// problems are reasons why a run is incomplete, in the order in which they
// were met. Each is complete in itself; text from the go command is kept as
// it is, since it may have several lines.
type problems struct {
	list []string
}

func (p *problems) add(text string) {
	text = strings.TrimRight(text, "\n")
	if text != "" && !slices.Contains(p.list, text) {
		p.list = append(p.list, text)
	}
}

// print writes the problems for people.
func (p *problems) print(w io.Writer) {
	for _, text := range p.list {
		if strings.Contains(text, "\n") || strings.HasPrefix(text, "#") {
			fmt.Fprintln(w, text)
		} else {
			fmt.Fprintf(w, "leakvet: %s\n", text)
		}
	}
}
