// Package leakdirective defines an analyzer that reports //leakvet: comments which do
// not do what they say.
//
// # Analyzer leakdirective
//
// leakdirective: report //leakvet: comments that are wrong and so do nothing
//
// A comment that is to silence a finding and has the rule's name wrong, or that
// gives no reason, silences nothing, and nobody notices while there is nothing to
// find. So it is with one that says what a function does with a parameter which
// has been renamed since. The analyzer reads every comment that begins with
// //leakvet: and reports the rules and directives that do not exist, with the
// nearest name; what a directive lacks; directives that stand beside no
// declaration, or one of which they say nothing; names that are no parameter's; and
// what contradicts another directive or repeats it. It reports, too, a directive
// with a blank behind the slashes, which Go takes for prose.
//
// A directive that silences nothing because there is nothing to find is reported
// by the rule that it names, in that rule's audit tier.
//
// # Wrong
//
//	resp, err := proxy.Do(req) //leakvet:ignore respbdy the hijacker closes it
//
//	//leakvet:borrows body
//	Decode(r io.Reader) error
//
// # Right
//
//	resp, err := proxy.Do(req) //leakvet:ignore respbody the hijacker closes it
//
//	//leakvet:borrows r
//	Decode(r io.Reader) error
//
// # Advice
//
// correct the comment, or delete it
//
// # At run time
//
// Nothing shows it at run time: comments are no part of a program. Whether a
// directive works, leakvet itself tells. Take it out, and what it says must change:
//
//	leakvet -tier=audit ./...
//
// With -tier=audit the rules report the ignore directives that silence nothing, as
// well.
//
// # Why it may be silent
//
// A comment with a blank behind the slashes is reported only if the rest would do
// something as a directive. Whether a reason is a good one, readers must judge. In
// generated files it says nothing, unless the settings ask. Its own findings cannot
// be ignored.
//
// # Audit
//
// The audit tier adds nothing to this rule.
//
// # Options
//
//   - generated: true reports in generated files, too.
//   - tests: off is silent about directives in _test.go files; all is the same as
//     default.
//   - Rows class and type tell which types can be released, and so which results
//     //leakvet:owns can speak of.
//   - tier makes no difference, and no directive silences this rule. Where it must
//     be silent, rules and overrides of .leakvet.yaml can turn it off.
//
// # Since
//
// v0.8.0
package leakdirective
