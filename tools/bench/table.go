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
	units    []unit
	findings int
}

// peak returns the peak memory of the largest process, in KiB.
func (r *result) peak() int64 {
	var peak int64
	for _, u := range r.units {
		peak = max(peak, u.peak)
	}
	return peak
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
				fmt.Fprintf(tw, "%.0f\t%.2f\t%d\t", float64(r.peak())/1024, float64(r.peak())/float64(base.peak()), r.findings)
			}
			fmt.Fprintln(tw)
		}
	}
	tw.Flush()
}

// enoughLines is how large a package must be for its time by the line to mean
// something: below, it is the start of the process.
const enoughLines = 500

// printUnits writes one line a tool on its units: what they cost, what they leave
// for importers, and how far the slowest is from the median, by the line.
func printUnits(w io.Writer, tools []tool, results []result) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "tool\tpackages\tCPU ms: mean\tmedian\t99%\tmax\tfacts, bytes: mean\t99%\tmax\tslowest by the line, over median\t")
	for i, r := range results {
		var cpu, perLine []float64
		var facts []float64
		slowest, at := 0.0, ""
		for _, u := range r.units {
			cpu = append(cpu, u.cpu.Seconds()*1000)
			facts = append(facts, float64(u.facts))
			if u.lines >= enoughLines {
				by := u.cpu.Seconds() / float64(u.lines)
				perLine = append(perLine, by)
				if by > slowest {
					slowest, at = by, u.id
				}
			}
		}
		over := "-"
		if len(perLine) > 0 {
			over = fmt.Sprintf("%.1f (%s)", slowest/quantile(perLine, 0.5), at)
		}
		fmt.Fprintf(tw, "%s\t%d\t%.1f\t%.1f\t%.0f\t%.0f\t%.0f\t%.0f\t%.0f\t%s\t\n", tools[i].name, len(r.units),
			mean(cpu), quantile(cpu, 0.5), quantile(cpu, 0.99), quantile(cpu, 1), mean(facts), quantile(facts, 0.99), quantile(facts, 1), over)
	}
	tw.Flush()
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// quantile returns the value below which a part q of all lie.
func quantile(values []float64, q float64) float64 {
	s := slices.Sorted(slices.Values(values))
	return s[int(q*float64(len(s)-1))]
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
