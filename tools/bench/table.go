package main

import (
	"fmt"
	"io"
	"slices"
	"text/tabwriter"
	"time"
)

// result is all that was measured of one tool on one module.
type result struct {
	samples  [cases][]sample
	peak     int64 // KiB
	findings int
}

// printTable writes one line a tool and way to run it. The first tool is what the
// others are compared with, round by round; the ratio is the median of the rounds.
func printTable(w io.Writer, tools []tool, results []result) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "\ttool\tCPU s\tmin\tmax\tratio\twall s\tpeak MiB\tratio\tfindings\t")
	base := results[0]
	for c := range cases {
		for i, r := range results {
			var cpu, wall []time.Duration
			var ratios []float64
			for round, s := range r.samples[c] {
				cpu, wall = append(cpu, s.cpu), append(wall, s.wall)
				ratios = append(ratios, float64(s.cpu)/float64(base.samples[c][round].cpu))
			}
			fmt.Fprintf(tw, "%s\t%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t", caseNames[c], tools[i].name,
				median(cpu).Seconds(), slices.Min(cpu).Seconds(), slices.Max(cpu).Seconds(), median(ratios), median(wall).Seconds())
			if c == cold {
				fmt.Fprintf(tw, "%.0f\t%.2f\t%d\t", float64(r.peak)/1024, float64(r.peak)/float64(base.peak), r.findings)
			}
			fmt.Fprintln(tw)
		}
	}
	tw.Flush()
}

// median returns the middle of the values, or the mean of the two middle ones.
func median[T time.Duration | float64](values []T) T {
	s := slices.Sorted(slices.Values(values))
	mid := len(s) / 2
	if len(s)%2 == 1 {
		return s[mid]
	}
	return (s[mid-1] + s[mid]) / 2
}
