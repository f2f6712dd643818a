// Command lintcmd runs the suite as staticcheck runs its own checks.
package main

import (
	"os"

	"honnef.co/go/tools/lintcmd"

	"github.com/leakvet/leakvet/analyzers"
)

func main() {
	cmd := lintcmd.NewCommand("leakvet")
	cmd.ParseFlags(os.Args[1:])
	cmd.AddBareAnalyzers(analyzers.All()...)
	cmd.Run()
}
