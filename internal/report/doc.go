package report

import "strings"

// Doc cuts the documentation of one analyzer out of the source of a doc.go: the
// text of the package comment behind the heading "# Analyzer name". It panics
// if there is none, which any test shows.
func Doc(source, name string) string {
	var text strings.Builder
	heading, found := "# Analyzer "+name, false
	for line := range strings.Lines(source) {
		line, comment := strings.CutPrefix(strings.TrimRight(line, "\n"), "//")
		if !comment {
			if found {
				break
			}
			continue
		}
		line = strings.TrimPrefix(line, " ")
		if found {
			text.WriteString(line + "\n")
		}
		found = found || line == heading
	}
	if !found {
		panic("no heading " + heading)
	}
	return strings.TrimSpace(text.String()) + "\n"
}
