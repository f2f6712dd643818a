package stats

import (
	"bytes"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Few is how many packages are shown if not all are asked for.
const Few = 10

// Write prints the report's tables, with that many packages; all if negative.
// What is none, or was not measured, is a dash.
func (r *Report) Write(w io.Writer, packages int) error {
	var total Rule
	for _, row := range r.Rules {
		total.Time += row.Time
		total.Allocated += row.Allocated
		total.Functions += row.Functions
		total.GivenUp += row.GivenUp
		total.Findings += row.Findings
	}
	total.Name = "all"
	rules := table{{"time", "share", "allocated", "functions", "given up", "findings", "rule"}}
	for _, row := range append(r.Rules[:len(r.Rules):len(r.Rules)], total) {
		rules = append(rules, []string{
			seconds(row.Time), share(row.Time, total.Time), size(row.Allocated),
			count(row.Functions), count(row.GivenUp), count(row.Findings), row.Name,
		})
	}

	var all time.Duration
	for _, p := range r.Phases {
		all += p.Time
	}
	phases := table{{"time", "share", "phase"}}
	for _, p := range append(r.Phases[:len(r.Phases):len(r.Phases)], Phase{"all", all}) {
		phases = append(phases, []string{seconds(p.Time), share(p.Time, all), p.Name})
	}

	shown := r.Packages
	if packages >= 0 {
		shown = shown[:min(packages, len(shown))]
	}
	pkgs := table{{"time", "memory", "functions", "given up", "facts in", "used", "size", "facts out", "size", "scope", "package"}}
	for _, p := range shown {
		pkgs = append(pkgs, []string{
			seconds(p.Time), size(p.Memory), count(p.Functions), count(p.GivenUp),
			count(p.Read.Facts), count(p.Read.Used), size(uint64(p.Read.Bytes)),
			count(p.Written.Facts), size(uint64(p.Written.Bytes)), p.Scope, p.Path,
		})
	}

	var out bytes.Buffer
	fmt.Fprintf(&out, "%s\n%s\n%s\n%d of %d packages shown; %d units, %s, memory of the largest %s\n",
		rules, phases, pkgs, len(shown), len(r.Packages), r.Units, seconds(r.Time), size(r.Memory))
	_, err := w.Write(out.Bytes())
	return err
}

// A table's last column is aligned on its left, the others on their right.
type table [][]string

func (t table) String() string {
	widths := make([]int, len(t[0]))
	for _, row := range t {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	for _, row := range t {
		last := len(row) - 1
		for i, cell := range row[:last] {
			fmt.Fprintf(&b, "%*s  ", widths[i], cell)
		}
		b.WriteString(row[last] + "\n")
	}
	return b.String()
}

const none = "-"

func seconds(d time.Duration) string {
	if d == 0 {
		return none
	}
	return fmt.Sprintf("%.3fs", d.Seconds())
}

func share(part, whole time.Duration) string {
	if whole == 0 {
		return none
	}
	return fmt.Sprintf("%.1f%%", 100*float64(part)/float64(whole))
}

func count(n int) string {
	if n == 0 {
		return none
	}
	return strconv.Itoa(n)
}

func size(n uint64) string {
	switch {
	case n == 0:
		return none
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	}
	v, units := float64(n)/1000, []string{"kB", "MB", "GB"}
	i := 0
	for ; v >= 1000 && i < len(units)-1; i++ {
		v /= 1000
	}
	return fmt.Sprintf("%.1f %s", v, units[i])
}
