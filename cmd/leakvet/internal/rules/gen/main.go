// Command gen writes the pages that are made of the rules' documentation into
// the directory that is its argument, which is docs.
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
	for name, page := range rules.Pages(analyzers.All()) {
		file := filepath.Join(os.Args[1], filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
			log.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(page), 0o666); err != nil {
			log.Fatal(err)
		}
	}
}
