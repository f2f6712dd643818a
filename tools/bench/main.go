// Command bench measures leakvet as a vet tool beside two yardsticks: a vet
// tool without analyzers, and one that builds SSA and does nothing with it.
//
// Usage, from the tools module:
//
//	go run ./bench [-rounds n] [-tools empty,leakvet] [-patterns ./...] module-directory...
//	go run ./bench -hostile 0.1 [-tools empty,leakvet] [-shapes function,ring]
//
// Tools are empty, ssa, leakvet, and the directories of the module rivals, which
// are other linters; rivals/all is the lot of them in one.
//
// Each round runs every tool in turn, so that a change in the machine's load
// meets all of them. Each gets a tool that go vet has never seen and a warm build
// cache: first the analysis of a module whose dependencies are compiled, then the
// same again with nothing changed, then with one file edited. Memory is measured in one
// more round, apart from time, since it takes a wrapper around each process.
//
// The second form measures generated packages of sizes that nobody writes by hand, each
// at a part of its full size and at half of that.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
)

func main() {
	if tool := os.Getenv(wrapTool); tool != "" {
		os.Exit(wrap(tool, os.Getenv(wrapLog), os.Args[1:]))
	}
	rounds := flag.Int("rounds", 5, "how often each tool is run")
	only := flag.String("tools", "empty,ssa,leakvet", "comma-separated tools; the first is what the others are compared with")
	patterns := flag.String("patterns", "./...", "space-separated package patterns")
	part := flag.Float64("hostile", 0, "measure generated packages instead, of this part of their full size, such as 0.1")
	shapes := flag.String("shapes", "", "comma-separated kinds of generated packages; none means all")
	flag.Parse()
	if *part > 0 {
		split := func(s string) []string { return strings.FieldsFunc(s, func(r rune) bool { return r == ',' }) }
		if err := benchHostile(os.Stdout, *part, split(*only), split(*shapes)); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(2)
		}
		return
	}
	if *rounds < 1 || flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "usage: bench [-rounds n] [-tools empty,leakvet] [-patterns ./...] module-directory...")
		os.Exit(2)
	}
	if err := bench(os.Stdout, *rounds, strings.Split(*only, ","), strings.Fields(*patterns), flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(2)
	}
}

// bench builds the tools, measures them on each module and writes the tables.
func bench(w io.Writer, rounds int, only, patterns, dirs []string) error {
	return withTools(only, func(tmp string, tools []tool) error {
		return benchModules(w, rounds, tmp, tools, patterns, dirs)
	})
}

func benchModules(w io.Writer, rounds int, tmp string, tools []tool, patterns, dirs []string) error {
	for _, dir := range dirs {
		b := &measurement{dir: dir, patterns: patterns, tmp: tmp}
		module, err := b.modulePath()
		if err != nil {
			return err
		}
		fmt.Fprintf(os.Stderr, "bench: %s: warming the build cache\n", module)
		if err := b.prepare(tools[0]); err != nil {
			return err
		}
		results := make([]result, len(tools))
		for round := range rounds {
			for i, t := range tools {
				fmt.Fprintf(os.Stderr, "bench: %s: round %d of %d: %s\n", module, round+1, rounds, t.name)
				s, findings, err := b.time(t)
				if err != nil {
					return err
				}
				for c := range cases {
					results[i].samples[c] = append(results[i].samples[c], s[c])
				}
				results[i].findings = findings
			}
		}
		for i, t := range tools {
			fmt.Fprintf(os.Stderr, "bench: %s: memory: %s\n", module, t.name)
			if results[i].units, _, err = b.memory(t); err != nil {
				return err
			}
		}
		fmt.Fprintf(w, "%s, %s, %d CPUs, %d rounds, warm build cache\n",
			module, runtime.Version(), runtime.NumCPU(), rounds)
		printTable(w, tools, results)
		printUnits(w, tools, results)
	}
	return nil
}
