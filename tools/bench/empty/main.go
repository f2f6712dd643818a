// Command empty is a vet tool without analyzers: what go vet costs at least.
package main

import "golang.org/x/tools/go/analysis/unitchecker"

func main() { unitchecker.Main() }
