package report

// DirectiveRule is the rule that reports directives which are wrong. No
// directive silences it.
const DirectiveRule = "leakdirective"

// Rules returns the names that a directive may ignore, sorted: all rules there
// are, of which the suite's test makes sure.
func Rules() []string {
	return []string{
		"cancelleak", "connconf", "ctxblock", "ctxdrop", "errcache", "labelcard", DirectiveRule, "mapgrow", "resclose", "respbody",
		"timerleak",
	}
}
