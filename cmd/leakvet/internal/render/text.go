package render

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/mattn/go-runewidth"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// The colours: what is found stands out, what surrounds it steps back.
const (
	bold   = "\x1b[1m"
	red    = "\x1b[31m"
	yellow = "\x1b[33m"
	cyan   = "\x1b[36m"
	dim    = "\x1b[2m"
	plain  = "\x1b[0m"
)

// short prints a line for each finding, in the form that editors understand.
func short(w io.Writer, d *Document, o Options) error {
	p := &printer{w: w, options: o}
	for _, f := range d.Report.Findings {
		p.printf("%s: %s %s\n", p.paint(bold, place(o.name(f.Pos.File), f.Pos)), printable(f.Message), p.label(f))
	}
	return p.err
}

// text prints findings by file: the line, the steps that show the leak, and
// what to do.
func text(w io.Writer, d *Document, o Options) error {
	p := &printer{w: w, options: o, doc: d, sources: make(sources)}
	file := ""
	for _, f := range d.Report.Findings {
		if f.Pos.File != file {
			file = f.Pos.File
			p.printf("%s\n", p.paint(bold, o.name(file)))
		}
		p.finding(f)
	}
	p.summary()
	return p.err
}

// A printer writes text until that fails.
type printer struct {
	w       io.Writer
	options Options
	doc     *Document
	sources sources
	err     error
}

func (p *printer) printf(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format, args...)
	}
}

func (p *printer) paint(color, s string) string {
	if !p.options.Color || s == "" {
		return s
	}
	return color + s + plain
}

// label names the rule, and the severity where it is not the usual one.
func (p *printer) label(f finding.Finding) string {
	switch f.Severity {
	case finding.Error:
		return p.paint(red, "["+f.Rule+", error]")
	case finding.Note:
		return p.paint(cyan, "["+f.Rule+", note]")
	}
	return p.paint(yellow, "["+f.Rule+"]")
}

// place returns "name:line:column", without what is not known.
func place(name string, p finding.Position) string {
	switch {
	case p.Line == 0:
		return name
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", name, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", name, p.Line, p.Column)
}

// The indentations of what belongs to a finding.
const (
	first  = "  "
	second = "      "
)

func (p *printer) finding(f finding.Finding) {
	at := place("", f.Pos)
	at = strings.TrimPrefix(at, ":")
	head := first + at + "  "
	lines := p.wrap(printable(f.Message)+" ["+f.Rule+"]", len(head))
	last := len(lines) - 1
	lines[last] = strings.TrimSuffix(strings.TrimSuffix(lines[last], "["+f.Rule+"]"), " ")
	for i, line := range lines {
		lead := strings.Repeat(" ", len(head))
		if i == 0 {
			lead = first + p.paint(bold, at) + "  "
		}
		if i == last {
			line = strings.TrimPrefix(line+" "+p.label(f), " ")
		}
		p.printf("%s%s\n", lead, line)
	}
	p.excerpt(f)
	for _, s := range f.Steps {
		p.step(f, s)
	}
	p.advice(f)
	p.printf("\n")
}

// step prints one hop of the way, with its source where that says more.
func (p *printer) step(f finding.Finding, s finding.Step) {
	name := ""
	if s.File != f.Pos.File {
		name = p.options.name(s.File)
	}
	at := strings.TrimPrefix(place(name, s.Position), ":")
	head := fmt.Sprintf("%s%-7s ", second, at)
	for i, line := range p.wrap(printable(s.Message), len(head)) {
		if i > 0 {
			head = strings.Repeat(" ", len(head))
		}
		p.printf("%s%s\n", head, line)
	}
	if s.Line == f.Pos.Line && s.File == f.Pos.File {
		return
	}
	if text := strings.TrimSpace(expand(p.sources.line(s.File, s.Line))); text != "" {
		indent := strings.Repeat(" ", len(second)+8)
		text, _ = p.window(text, 0, len(indent)+2)
		p.printf("%s%s\n", indent, p.paint(dim, "| "+text))
	}
}

// advice prints what to do, and where to read more.
func (p *printer) advice(f finding.Finding) {
	rule := p.doc.rule(f.Rule)
	word, say := "advice: ", rule.Advice
	if len(f.Fixes) > 0 {
		word, say = "fix: ", f.Fixes[0].Message
	}
	if say != "" {
		for i, line := range p.wrap(word+printable(say), len(second)) {
			lead := second
			if i > 0 {
				lead += "  "
			}
			p.printf("%s%s\n", lead, line)
		}
	}
	if rule.URL != "" {
		p.printf("%s%s\n", second, p.paint(dim, rule.URL))
	}
}

// excerpt prints the source line and marks what is meant.
func (p *printer) excerpt(f finding.Finding) {
	raw := p.sources.line(f.Pos.File, f.Pos.Line)
	if strings.TrimSpace(raw) == "" {
		return
	}
	start, end := max(f.Pos.Column-1, 0), f.End.Column-1
	if start > len(raw) {
		return
	}
	if f.End.Line != f.Pos.Line || end > len(raw) {
		end = len(raw)
	}
	indent := len(raw) - len(strings.TrimLeft(raw, " \t"))
	if start < indent {
		start = indent
	}
	before := runewidth.StringWidth(expand(raw[indent:start]))
	marked := 1
	if end > start {
		marked = max(runewidth.StringWidth(expand(raw[start:end])), 1)
	}
	text, before := p.window(strings.TrimRight(expand(raw[indent:]), " "), before, len(second)+2)
	marked = min(marked, max(runewidth.StringWidth(text)-before, 1))
	p.printf("%s%s\n", second, p.paint(dim, "| ")+text)
	p.printf("%s%s\n", second, p.paint(dim, "| ")+strings.Repeat(" ", before)+p.paint(yellow, "^"+strings.Repeat("~", marked-1)))
}

// window cuts a line to what fits behind an indentation, such that the column
// at stays in sight. It returns the cut line and where that column is now.
func (p *printer) window(line string, at, indent int) (string, int) {
	room := p.options.Width - indent
	if p.options.Width == 0 || runewidth.StringWidth(line) <= room {
		return line, at
	}
	room = max(room, 20)
	const dots = "..."
	if at > room/2 {
		cut := runewidth.TruncateLeft(line, at-room/3, "")
		at -= runewidth.StringWidth(line) - runewidth.StringWidth(cut) - len(dots)
		line = dots + cut
	}
	return runewidth.Truncate(line, room, dots), at
}

// wrap breaks text between words into lines that fit behind an indentation.
func (p *printer) wrap(text string, indent int) []string {
	room := max(p.options.Width-indent, 20)
	if p.options.Width == 0 {
		return []string{text}
	}
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && runewidth.StringWidth(line)+1+runewidth.StringWidth(word) > room {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

// summary counts the findings by rule.
func (p *printer) summary() {
	findings := p.doc.Report.Findings
	if len(findings) == 0 {
		return
	}
	files := make(map[string]bool)
	byRule := make(map[string]int)
	for _, f := range findings {
		files[f.Pos.File] = true
		byRule[f.Rule]++
	}
	names := make([]string, 0, len(byRule))
	for name := range byRule {
		names = append(names, name)
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Or(cmp.Compare(byRule[b], byRule[a]), cmp.Compare(a, b)) })
	var counts []string
	for _, name := range names {
		counts = append(counts, fmt.Sprintf("%d %s", byRule[name], name))
	}
	line := fmt.Sprintf("%s in %s: %s", count(len(findings), "finding"), count(len(files), "file"), strings.Join(counts, ", "))
	for _, l := range p.wrap(line, 0) {
		p.printf("%s\n", p.paint(bold, l))
	}
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// expand replaces tabs by four blanks and makes the rest printable.
func expand(s string) string { return printable(strings.ReplaceAll(s, "\t", "    ")) }

// printable replaces what a terminal would obey instead of showing it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
}
