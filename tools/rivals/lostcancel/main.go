// Command lostcancel is lostcancel as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"golang.org/x/tools/go/analysis/passes/lostcancel"
)

func main() { unitchecker.Main(lostcancel.Analyzer) }
