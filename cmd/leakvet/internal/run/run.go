package run

import (
	"os"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

func Main(suite unit.Suite, args []string) int {
	if unit.Handles(args) {
		return unit.Main(suite, args, os.Stdout, os.Stderr)
	}
	return 2
}
