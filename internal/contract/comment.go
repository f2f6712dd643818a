// Package contract reads what //leakvet: comments say: which findings are to be
// ignored, and what holds of the declarations beside them.
package contract

import (
	"go/ast"
	"go/token"
	"strings"
	"unicode"
)

// Prefix begins every directive, behind the slashes.
const Prefix = "leakvet:"

// The words of directives that are about findings.
const (
	IgnoreLine = "ignore"      // on the comment's line, and on the one below
	IgnoreFile = "ignore-file" // in the whole file
)

// Comment is a directive, or looks like one.
type Comment struct {
	Pos, End token.Pos
	Word     string // such as "ignore"
	Args     string // what follows it, without a comment of its own
	Blank    bool   // a blank stands in front, which makes it a plain comment
}

// Comments returns the comments of a file that are directives or look like
// them, in order.
func Comments(f *ast.File) []Comment {
	var found []Comment
	for _, group := range f.Comments {
		for _, c := range group.List {
			if d, ok := ParseComment(c.Text); ok {
				d.Pos += c.Pos()
				d.End += c.Pos()
				found = append(found, d)
			}
		}
	}
	return found
}

// ParseComment reads the text of one comment. Its positions are offsets.
func ParseComment(text string) (Comment, bool) {
	text, ok := strings.CutPrefix(text, "//")
	if !ok {
		return Comment{}, false
	}
	said := strings.TrimLeftFunc(text, unicode.IsSpace)
	blanks := len(text) - len(said)
	said, ok = strings.CutPrefix(said, Prefix)
	if !ok {
		return Comment{}, false
	}
	said = strings.TrimRightFunc(withoutComment(said), unicode.IsSpace)
	c := Comment{End: token.Pos(len("//") + blanks + len(Prefix) + len(said)), Blank: blanks > 0}
	c.Word, c.Args = cutWord(said)
	return c, true
}

// withoutComment cuts off what another comment says behind a directive.
func withoutComment(s string) string {
	for i := 0; ; i++ {
		j := strings.Index(s[i:], "//")
		if j < 0 {
			return s
		}
		i += j
		if i > 0 && (s[i-1] == ' ' || s[i-1] == '\t') {
			return s[:i]
		}
	}
}

// cutWord cuts the first word off a text.
func cutWord(s string) (word, rest string) {
	i := strings.IndexFunc(s, unicode.IsSpace)
	if i < 0 {
		return s, ""
	}
	return s[:i], strings.TrimLeftFunc(s[i:], unicode.IsSpace)
}

// Ignore is a directive that says which findings are meant to be.
type Ignore struct {
	Comment
	Rules  []string
	Reason string
}

// Ignore reads a comment as a directive about findings, and reports whether it
// is one.
func (c Comment) Ignore() (Ignore, bool) {
	if c.Word != IgnoreLine && c.Word != IgnoreFile {
		return Ignore{}, false
	}
	i := Ignore{Comment: c}
	var names string
	if names, i.Reason = cutWord(c.Args); names != "" {
		i.Rules = strings.Split(names, ",")
	}
	return i, true
}

// WholeFile reports whether it is about all findings in its file.
func (i Ignore) WholeFile() bool { return i.Word == IgnoreFile }
