package main

import (
	"bytes"
	"fmt"
	"go/version"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/leakvet/leakvet/internal/hostile"
)

// benchHostile measures the tools on generated packages, at a part of their full
// size and at half of that: where the cost is in proportion, the growth is 2. Each
// is run twice, and must say the same both times.
func benchHostile(w io.Writer, part float64, only, shapes []string) error {
	for _, name := range shapes {
		if !slices.ContainsFunc(hostile.Shapes(), func(s hostile.Shape) bool { return s.Name == name }) {
			return fmt.Errorf("no shape is called %q", name)
		}
	}
	return withTools(only, func(tmp string, tools []tool) error {
		return benchShapes(w, part, tmp, tools, shapes)
	})
}

func benchShapes(w io.Writer, part float64, tmp string, tools []tool, shapes []string) error {
	fmt.Fprintf(w, "generated packages, %s, %d CPUs\n", runtime.Version(), runtime.NumCPU())
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(tw, "shape\tsize\tof\tlines\ttool\tCPU s\tgrowth\tpeak MiB\tgrowth\tfindings\t")
	for _, shape := range hostile.Shapes() {
		if len(shapes) > 0 && !slices.Contains(shapes, shape.Name) {
			continue
		}
		half := make([]unit, len(tools))
		for _, size := range []int{int(float64(shape.Full) * part / 2), int(float64(shape.Full) * part)} {
			size = max(1, size)
			m := &measurement{dir: filepath.Join(tmp, fmt.Sprint(shape.Name, size)), patterns: []string{"."}, tmp: tmp}
			if err := writeModule(m.dir, shape.Source(size)); err != nil {
				return err
			}
			for i, t := range tools {
				fmt.Fprintf(os.Stderr, "bench: %s of %d: %s\n", shape.Name, size, t.name)
				u, findings, err := m.twice(t)
				if err != nil && i == 0 && len(tools) > 1 {
					// Only what the others are compared with may fail.
					fmt.Fprintf(os.Stderr, "bench: %v\n", err)
					fmt.Fprintf(tw, "%s\t%d\t%s\t\t%s\tfails\t\t\t\t\t\n", shape.Name, size, shape.Unit, t.name)
					continue
				}
				if err != nil {
					return err
				}
				fmt.Fprintf(tw, "%s\t%d\t%s\t%d\t%s\t%.2f\t", shape.Name, size, shape.Unit, u.lines, t.name, u.cpu.Seconds())
				if half[i].id == "" {
					fmt.Fprintf(tw, "\t%.0f\t\t%d\t\n", float64(u.peak)/1024, findings)
				} else {
					fmt.Fprintf(tw, "%.1f\t%.0f\t%.1f\t%d\t\n", float64(u.cpu)/float64(half[i].cpu),
						float64(u.peak)/1024, float64(u.peak)/float64(half[i].peak), findings)
				}
				half[i] = u
			}
			if err := os.RemoveAll(m.dir); err != nil {
				return err
			}
		}
	}
	return tw.Flush()
}

func writeModule(dir, source string) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return err
	}
	mod := fmt.Sprintf("module example.com/hostile\n\ngo %s\n", strings.TrimPrefix(version.Lang(runtime.Version()), "go"))
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "hostile.go"), []byte(source), 0o644)
}

// twice analyses the module's package twice and returns what the second process
// took; the first warms caches.
func (m *measurement) twice(t tool) (unit, int, error) {
	var first []byte
	for run := range 2 {
		units, out, err := m.memory(t)
		if err != nil {
			return unit{}, 0, err
		}
		if run == 0 {
			first = out
			continue
		}
		if !bytes.Equal(first, out) {
			return unit{}, 0, fmt.Errorf("%s says something else the second time", t.name)
		}
		findings, err := countFindings(out)
		if err != nil {
			return unit{}, 0, err
		}
		for _, u := range units {
			if strings.HasPrefix(u.id, "example.com/hostile") {
				return u, findings, nil
			}
		}
	}
	return unit{}, 0, fmt.Errorf("%s was not run", t.name)
}
