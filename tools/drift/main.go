// Command drift holds the tables and the fixtures to the newest versions of the
// libraries that they speak of.
//
// Usage, from the tools module:
//
//	go run ./drift [-update]
//
// It asks the go command which versions are newest, upgrades a copy of the
// integration module to them, and checks each row and compiles each fixture
// there. It prints what differs from the versions that the integration module
// requires, and exits 1 if a row or a fixture does not hold with the newest. With
// -update it writes docs/libraries.md, too.
//
// The go command does not tell of new major versions, which are other modules.
// Those are listed that other libraries require already, and what a library's
// notice of deprecation says.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
	"github.com/leakvet/leakvet/tools/internal/gocmd"
)

const (
	integration = "../integration"
	testdata    = "../testdata/src"
	document    = "../docs/libraries.md"
)

func main() {
	update := flag.Bool("update", false, "rewrite docs/libraries.md")
	flag.Parse()
	holds, err := drift(os.Stdout, *update)
	switch {
	case err != nil:
		fmt.Fprintln(os.Stderr, "drift:", err)
		os.Exit(2)
	case !holds:
		os.Exit(1)
	}
}

// drift reports whether all rows and fixtures hold with the newest versions.
func drift(w io.Writer, update bool) (holds bool, err error) {
	tables := leakapi.Builtin()
	gomod, err := os.ReadFile(filepath.Join(integration, "go.mod"))
	if err != nil {
		return false, err
	}
	required, homeless, err := apitest.Libraries(tables, gomod)
	if err != nil {
		return false, err
	}
	if len(homeless) > 0 {
		return false, fmt.Errorf("no module that %s/go.mod requires holds %q", filepath.Base(integration), homeless)
	}
	libs := make([]*library, len(required))
	for i, r := range required {
		libs[i] = &library{Library: r, tried: r.Version}
	}
	progress("asking for the newest versions of %d modules", len(libs))
	if err := newest(libs); err != nil {
		return false, err
	}
	dir, err := os.MkdirTemp("", "leakvet-drift-")
	if err != nil {
		return false, err
	}
	defer os.RemoveAll(dir)
	progress("upgrading a copy of the integration module")
	if err := upgrade(dir, libs); err != nil {
		return false, err
	}
	progress("checking the rows")
	if err := checkRows(dir, tables, libs); err != nil {
		return false, err
	}
	progress("compiling the fixtures")
	var rules []string
	for _, a := range analyzers.Rules() {
		rules = append(rules, a.Name)
	}
	r := report{libs: libs}
	if r.fixtures, err = checkFixtures(dir, testdata, rules); err != nil {
		return false, err
	}
	r.print(w)
	if update {
		err = os.WriteFile(document, r.page(time.Now()), 0o666)
	}
	return r.holds(), err
}

func progress(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "drift: "+format+"\n", args...)
}

// modules runs a go list -m that prints JSON.
func modules(dir string, args ...string) ([]module, error) {
	out, err := gocmd.Run(dir, append([]string{"list", "-e", "-mod=mod", "-json", "-m"}, args...)...)
	if err != nil {
		return nil, err
	}
	return decode(out)
}

// decode reads what go list -m -json prints: one object after another.
func decode(out []byte) ([]module, error) {
	var all []module
	dec := json.NewDecoder(bytes.NewReader(out))
	for {
		var m module
		if err := dec.Decode(&m); err == io.EOF {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, m)
	}
}
