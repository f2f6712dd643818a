// Command noctx is noctx as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/sonatard/noctx"
)

func main() { unitchecker.Main(noctx.Analyzer) }
