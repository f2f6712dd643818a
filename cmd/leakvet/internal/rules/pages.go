package rules

//go:generate go run ./gen ../../../../docs

import (
	"fmt"
	"path"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// generated warns those who would edit a page.
const generated = "<!-- Generated from the analyzers' documentation; do not edit. -->\n\n"

// Pages returns the content of the generated pages by file name below docs: a
// page for each rule, and one of what they cannot see.
func Pages(analyzers []*analysis.Analyzer) map[string]string {
	pages := make(map[string]string)
	limits := new(strings.Builder)
	limits.WriteString(generated + common)
	for _, a := range unit.Rules(analyzers) {
		r := Parse(a)
		pages[path.Join("rules", a.Name+".md")] = r.Markdown()
		fmt.Fprintf(limits, "\n## [%s](rules/%s.md)\n\n%s\n", r.Name, r.Name, r.Silent)
	}
	pages["limits.md"] = limits.String()
	return pages
}

// common is what no rule can see.
const common = `# What leakvet cannot see

A clean run means that nothing was proven, not that nothing leaks. In the default tier whatever is not known is silent; the audit tier (` + "`-tier=audit`" + `) adds what is likely. This page says where that leaves holes.

## All rules

- **Values that leave what can be followed.** What is stored where another package can reach it, sent on a channel, kept by reflection, handed to C or assembly, or passed to a function that is not known, counts as taken care of.
- **Calls that cannot be resolved.** A call of an interface's method or of a function value is followed where the package shows all that it can be, or where a table row or a directive speaks for it. A plugin's code, and an implementation in a package that imports this one, are never seen.
- **The standard library** is known by tables, not by its code. Other modules are summarised from their code, as far as functions mention what the rules care about; a function that is too complex has no summary and counts as unknown.
- **Work is capped**, by what is done and not by time: in each function for each rule, so that no function can hold up a run. What hits the cap is silent; -stats counts it. A package is left alone as a whole if a function of it that matters is longer than some five thousand lines (40,000 syntax nodes), or if all of them together are longer than some two hundred thousand: generators write such.
- **One configuration at a time.** Files that the build tags, the operating system or the architecture exclude are not read. Run leakvet once for each that matters (` + "`-tags`, `GOOS`, `GOARCH`" + `).
- **Packages that do not compile** are not analysed; the run says so and exits with 2. Rules know the packages that a package imports, not those that import it.
- **Tests and generated files.** In _test.go files and in packages that only help tests most rules say little (` + "`-tests=all`" + ` changes that), in generated files none speaks (` + "`-generated`" + `).
- **One finding a line.** Where a rule finds two things on one line it tells of the surer one.
- **What lives as long as the process** is no leak: what main and init acquire, and what is made once.
- **When** something runs is not known: that a leak is rare, or the leaked thing small, is not taken into account, and races are not looked for.
- **Comments are believed**: leakvet:ignore, the directives beside declarations, and the nolint comments that name a rival of the rule (bodyclose, contextcheck, noctx).
`
