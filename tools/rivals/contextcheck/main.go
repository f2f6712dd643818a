// Command contextcheck is contextcheck as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/kkHAIKE/contextcheck"
)

func main() { unitchecker.Main(contextcheck.NewAnalyzer(contextcheck.Configuration{})) }
