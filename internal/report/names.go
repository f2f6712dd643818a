package report

// DirectiveRule is the rule that reports directives which are wrong. No
// directive silences it.
const DirectiveRule = "directive"

// Rules returns the names that a directive may ignore, sorted: all rules there
// are, of which the suite's test makes sure.
func Rules() []string {
	return []string{
		"cancelleak", "connconf", "ctxblock", "ctxdrop", DirectiveRule, "errcache", "labelcard", "mapgrow", "resclose", "respbody",
		"timerleak",
	}
}
