package labelcard

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakssa"
	"github.com/leakvet/leakvet/internal/origin"
	"github.com/leakvet/leakvet/internal/report"
)

// maxLabels is how many labels a message names.
const maxLabels = 3

func (f *flood) finding() report.Finding {
	out := findingAt(f.call)
	out.Tier = f.tier
	var sources, labels []string
	for _, e := range f.entries {
		if s := sourceText(e.Origin.Source); !slices.Contains(sources, s) {
			sources = append(sources, s)
		}
		labels = append(labels, e.What)
	}
	more := 0
	if len(labels) > maxLabels {
		more = len(labels) - maxLabels
		labels = labels[:maxLabels]
	}
	first := f.entries[0]
	becomes := "it becomes"
	if len(sources) > 1 {
		becomes = "they become"
	}
	out.Message = fmt.Sprintf("nothing bounds %s before %s %s", and(sources), becomes, and(merge(labels)))
	if more > 0 {
		out.Message += fmt.Sprintf(", and %d more", more)
	}
	if len(first.Way) > 0 {
		out.Message += " (" + strings.Join(first.Way, " → ") + ")"
	}
	if n := len(f.also); n > 0 {
		out.Message += fmt.Sprintf(", and others in %d more call", n)
		if n > 1 {
			out.Message += "s"
		}
	}
	for _, e := range f.entries {
		s := e.Origin.Source
		if s.Pos.IsValid() {
			out.Steps = append(out.Steps, report.Step{Pos: s.Pos, Message: sourceText(s) + " comes from here", Key: true})
		}
		for _, h := range s.Hops {
			out.Steps = append(out.Steps, report.Step{Pos: h.Pos, Message: "it is " + h.Says})
		}
		if e.Site != nil {
			out.Steps = append(out.Steps, report.Step{Pos: e.Site.Call.Pos(), Message: "it becomes " + e.What + " here", Key: true})
		}
	}
	for _, o := range f.also {
		out.Steps = append(out.Steps, report.Step{Pos: o.call.Pos(), Message: "it becomes " + o.entries[0].What + " here"})
	}
	if f.from != nil {
		out.Steps = append(out.Steps, report.Step{Pos: f.from.Pos(), Message: "a request is passed here", Key: true})
	}
	return out
}

// findingAt returns a finding at a call.
func findingAt(at ssa.CallInstruction) report.Finding {
	pos, end := leakssa.Span(at)
	return report.Finding{Pos: pos, End: end}
}

// sourceText names what nothing bounds.
func sourceText(s *origin.Source) string {
	switch {
	case s.Text == "" && s.Says == "":
		return "what a client sends"
	case s.Text == "":
		return s.Says
	case s.Says == "":
		return s.Text
	}
	return s.Text + ", " + s.Says + ","
}

// merge leaves out of a label what the next one says again.
func merge(labels []string) []string {
	out := slices.Clone(labels)
	for i := 0; i+1 < len(out); i++ {
		_, of, ok := strings.Cut(out[i], " of ")
		if _, next, ok2 := strings.Cut(out[i+1], " of "); ok && ok2 && of == next {
			out[i] = strings.TrimSuffix(out[i], " of "+of)
		}
	}
	for i := 1; i < len(out); i++ {
		noun, rest, ok := strings.Cut(out[i], ` "`)
		if prev, _, ok2 := strings.Cut(labels[i-1], ` "`); ok && ok2 && noun == prev {
			out[i] = `"` + rest
			if i == 1 {
				out[0] = noun + "s" + strings.TrimPrefix(out[0], noun)
			}
		}
	}
	return out
}

func and(list []string) string {
	if len(list) == 1 {
		return list[0]
	}
	return strings.Join(list[:len(list)-1], ", ") + " and " + list[len(list)-1]
}
