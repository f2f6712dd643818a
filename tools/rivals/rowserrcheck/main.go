// Command rowserrcheck is rowserrcheck as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/golangci/rowserrcheck/passes/rowserr"
)

func main() { unitchecker.Main(rowserr.NewAnalyzer("github.com/jmoiron/sqlx")) }
