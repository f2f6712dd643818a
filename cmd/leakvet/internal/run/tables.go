package run

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/internal/leakapi"
)

// maxTable is how large a file of table rows is read, in bytes.
const maxTable = 16 << 20

// tables returns the table rows that the configuration adds, without comments
// and blanks that mean nothing: only what changes the analysis is to change
// the key of what the go command keeps. Errors name the file and the line.
func (p *policy) tables() (string, error) {
	type source struct{ name, text string }
	var sources []source
	if text := p.file.Tables; text != "" {
		// A block begins on the line below its key.
		above := strings.Repeat("\n", p.file.Line("tables"))
		sources = append(sources, source{p.line.show(p.file.File), above + text})
	}
	for _, name := range p.file.TableFiles {
		if !filepath.IsAbs(name) {
			name = filepath.Join(p.file.Dir(), name)
		}
		text, err := files.Read("table", name, maxTable)
		if err != nil {
			return "", fmt.Errorf("%v (%s names it)", err, p.at("table-files"))
		}
		sources = append(sources, source{p.line.show(name), string(text)})
	}
	var all strings.Builder
	merged := leakapi.Builtin()
	for _, s := range sources {
		var err error
		if merged, err = merged.With(s.name, s.text); err != nil {
			return "", err
		}
		for line := range strings.Lines(s.text) {
			row, _, _ := strings.Cut(line, "#")
			if words := strings.Fields(row); len(words) > 0 {
				all.WriteString(strings.Join(words, " ") + "\n")
			}
		}
	}
	if _, err := leakapi.Builtin().With("all tables together", all.String()); err != nil {
		return "", err
	}
	return all.String(), nil
}
