package run

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/internal/configfile"
)

// printSchema prints the JSON schema of configuration files.
func printSchema(stdout, stderr io.Writer) int {
	if _, err := stdout.Write(configfile.Schema); err != nil {
		fmt.Fprintf(stderr, "leakvet: cannot print the schema: %v\n", err)
		return exitFailure
	}
	return exitClean
}

// showConfig prints what is in force for a directory and why, or for each of
// the files that the command line names.
func showConfig(s *settings, analyzers []*analysis.Analyzer, dir string, stdout, stderr io.Writer) int {
	p, err := newPolicy(s, ruleNames(analyzers), dir)
	if err == nil {
		_, err = p.tables()
	}
	if err != nil {
		fmt.Fprintf(stderr, "leakvet: %v\n", err)
		return exitFailure
	}
	c := &configPrinter{policy: p}
	files := s.patterns
	if len(files) == 1 && files[0] == "." {
		files = []string{""}
	}
	for i, file := range files {
		if i > 0 {
			c.out.WriteByte('\n')
		}
		if file != "" {
			name := file
			if !filepath.IsAbs(name) {
				name = filepath.Join(dir, name)
			}
			if _, err := os.Stat(name); err != nil {
				fmt.Fprintf(stderr, "leakvet: there is no %s: name files to see what is in force for them\n", file)
				return exitFailure
			}
			file = name
		}
		c.print(file)
	}
	if _, err := io.WriteString(stdout, c.out.String()); err != nil {
		fmt.Fprintf(stderr, "leakvet: cannot print the configuration: %v\n", err)
		return exitFailure
	}
	return exitClean
}

// A configPrinter writes what is in force as a configuration file would say
// it, with the reason beside.
type configPrinter struct {
	policy *policy
	out    strings.Builder
}

func (c *configPrinter) say(indent, key, value string, from origin) {
	line := indent + key + ":"
	if value != "" {
		line += " " + value
	}
	if from != "" {
		line = fmt.Sprintf("%-40s # %s", line, from)
	}
	c.out.WriteString(line + "\n")
}

// print writes what holds for a file; "" for where nothing overrides.
func (c *configPrinter) print(file string) {
	p := c.policy
	switch {
	case p.file.File == "" && p.line.config == noConfig:
		c.out.WriteString("# -config=none\n")
	case p.file.File == "":
		fmt.Fprintf(&c.out, "# there is no %s in the module's root or above\n", configfile.Name)
	default:
		fmt.Fprintf(&c.out, "# %s\n", p.line.show(p.file.File))
	}
	if file != "" {
		fmt.Fprintf(&c.out, "# for %s\n", p.line.show(file))
		if p.file.Excluded(file) {
			fmt.Fprintf(&c.out, "# nothing is reported there: it is excluded (%s)\n", p.at("exclude"))
		}
	}
	tier, from := p.value("tier")
	if file != "" {
		tier, from = p.tierAt(file)
	}
	c.say("", "tier", tier, from)
	for _, key := range []string{"tests", "generated", "vet", "fail-on"} {
		v, from := p.value(key)
		c.say("", key, v, from)
	}
	if v, from := p.value("baseline"); v != "" {
		c.say("", "baseline", v, from)
	}
	c.say("", "rules", "", "")
	for _, rule := range p.rules {
		v, from := p.ruleAt(rule, file)
		c.say("  ", rule, v, from)
	}
	if file != "" {
		return
	}
	c.list("exclude", p.file.Exclude)
	if p.file.Tables != "" {
		rows := strings.Split(strings.TrimRight(p.file.Tables, "\n"), "\n")
		c.say("", "tables", fmt.Sprintf("(%d lines)", len(rows)), p.at("tables"))
	}
	c.list("table-files", p.file.TableFiles)
	for i, o := range p.file.Overrides {
		c.say("", "override", strings.Join(o.Paths, ", "), p.at(fmt.Sprintf("overrides[%d]", i)))
	}
}

func (c *configPrinter) list(key string, values []string) {
	if len(values) > 0 {
		c.say("", key, "["+strings.Join(values, ", ")+"]", c.policy.at(key))
	}
}
