// Command gen writes one page for each rule into the directory that is its
// argument.
package main

import (
	"log"
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: gen directory")
	}
	if err := os.MkdirAll(os.Args[1], 0o777); err != nil {
		log.Fatal(err)
	}
	for name, page := range rules.Pages(analyzers.All()) {
		if err := os.WriteFile(filepath.Join(os.Args[1], name), []byte(page), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
