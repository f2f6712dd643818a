// Command fatcontext is fatcontext as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"go.augendre.info/fatcontext/pkg/analyzer"
)

func main() { unitchecker.Main(analyzer.NewAnalyzer()) }
