// Leakvet finds resources that Go programs acquire and never give back, and work
// that goes on when nobody waits for it any more.
//
// People call it with packages, `leakvet ./...`; see `leakvet help`. The go
// command calls the same program to analyse one package at a time, by
// `go vet -vettool=$(which leakvet)` or `go fix -fixtool=$(which leakvet)`.
package main

import (
	"os"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/run"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
	"github.com/leakvet/leakvet/internal/leaksummary"
)

func main() {
	suite := unit.Suite{Analyzers: analyzers.All(), Prune: leaksummary.Prune}
	os.Exit(run.Main(suite, os.Args[1:]))
}
