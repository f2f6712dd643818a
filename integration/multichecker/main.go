// Command multichecker runs the suite in one process, as a driver of many
// analyzers does that is not leakvet.
package main

import (
	"golang.org/x/tools/go/analysis/multichecker"

	"github.com/leakvet/leakvet/analyzers"
)

func main() { multichecker.Main(analyzers.All()...) }
