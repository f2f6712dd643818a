// Command golangci is golangci-lint with leakvet inside. It is made without
// cloning golangci-lint: its command is a package that anybody can call, and
// this module requires what it requires.
package main

import (
	"os"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/leakvet/leakvet/plugin"
)

func main() {
	// With any other version the cache would not notice that leakvet has changed.
	if err := commands.Execute(commands.BuildInfo{Version: "(devel)"}); err != nil {
		os.Exit(exitcodes.Failure)
	}
}
