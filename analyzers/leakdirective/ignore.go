package leakdirective

import (
	"slices"

	"github.com/leakvet/leakvet/internal/contract"
	"github.com/leakvet/leakvet/internal/report"
)

// checkIgnore returns what is wrong with a directive about findings, or "".
func checkIgnore(i contract.Ignore) string {
	says := "leakvet:" + i.Word
	if len(i.Rules) == 0 {
		return says + " silences nothing: it names no rule"
	}
	known := report.Rules()
	for n, name := range i.Rules {
		switch {
		case name == "":
			return says + " names rules with commas and without blanks: rule,rule reason"
		case !slices.Contains(known, name):
			return "unknown rule " + short(name) + " in " + says + didYouMean("", name, known)
		case name == report.DirectiveRule:
			return says + " cannot silence leakdirective: correct the comment that it reports"
		case slices.Contains(i.Rules[:n], name):
			return says + " names " + name + " twice"
		}
	}
	if i.Reason == "" {
		return says + " " + i.Rules[0] + " silences nothing: it gives no reason"
	}
	return ""
}

// namesRule reports whether a directive begins with the name of a rule, as prose
// hardly does.
func namesRule(i contract.Ignore) bool {
	return len(i.Rules) > 0 && slices.Contains(report.Rules(), i.Rules[0])
}
