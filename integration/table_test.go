package integration

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the table of docs/drivers.md")

// The table stands between these lines of the page.
const (
	driversPage = "../docs/drivers.md"
	tableBegin  = "<!-- written by go test -run TestDriversAgree -update -->\n"
	tableEnd    = "<!-- end -->\n"
)

// A driverTable holds how many findings each driver showed in each corpus.
type driverTable map[[2]string]int

func (d driverTable) set(driver, corpus string, n int) { d[[2]string{driver, corpus}] = n }

// markdown returns the table.
func (d driverTable) markdown() string {
	var b strings.Builder
	b.WriteString("| driver |")
	for _, c := range corpora {
		fmt.Fprintf(&b, " %s |", c.name)
	}
	b.WriteString("\n|---|" + strings.Repeat("--:|", len(corpora)) + "\n")
	for _, driver := range drivers {
		fmt.Fprintf(&b, "| %s |", driver.name)
		for _, c := range corpora {
			if n, ok := d[[2]string{driver.name, c.name}]; ok {
				fmt.Fprintf(&b, " %d |", n)
			} else {
				b.WriteString(" |")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

// check holds the page's table against this one, or writes it. What a run of some
// subtests leaves out is not looked at.
func (d driverTable) check(t *testing.T) {
	t.Helper()
	data, err := os.ReadFile(driversPage)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(data), tableBegin)
	old, after, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatalf("%s has no place for the table", driversPage)
	}
	text := d.markdown()
	if *update {
		if err := os.WriteFile(driversPage, []byte(before+tableBegin+text+tableEnd+after), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !d.whole() {
		t.Log("some drivers or corpora were left out: the page's table is not looked at")
	} else if text != old {
		t.Errorf("%s is stale, run this test with -update:\n%s", driversPage, text)
	}
}

// whole reports whether every driver was run over every corpus that it takes.
func (d driverTable) whole() bool {
	return !slices.ContainsFunc(drivers, func(driver driver) bool {
		return slices.ContainsFunc(corpora, func(c corpusOf) bool {
			_, ok := d[[2]string{driver.name, c.name}]
			return !ok && !(c.large && driver.slow)
		})
	})
}
