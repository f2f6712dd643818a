// Command ssa is a vet tool that builds the SSA form of every package and does
// nothing with it: what a tool costs that builds on buildssa.
package main

import (
	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/buildssa"
	"golang.org/x/tools/go/analysis/unitchecker"
)

// fact makes the go command analyse dependencies too.
type fact struct{}

func (*fact) AFact() {}

var ssa = &analysis.Analyzer{
	Name:      "ssa",
	Doc:       "ssa: build the SSA form and report nothing",
	Requires:  []*analysis.Analyzer{buildssa.Analyzer},
	FactTypes: []analysis.Fact{(*fact)(nil)},
	Run:       func(*analysis.Pass) (any, error) { return nil, nil },
}

func main() { unitchecker.Main(ssa) }
