// Command staticcheck is those of staticcheck's checks that have to do with leaks,
// as a vet tool.
package main

import (
	"golang.org/x/tools/go/analysis/unitchecker"

	"honnef.co/go/tools/staticcheck/sa1015"
	"honnef.co/go/tools/staticcheck/sa5001"
	"honnef.co/go/tools/staticcheck/sa5003"
	"honnef.co/go/tools/staticcheck/sa9001"
)

func main() {
	unitchecker.Main(sa1015.Analyzer, sa5001.Analyzer, sa5003.Analyzer, sa9001.Analyzer)
}
