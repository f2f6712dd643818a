package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMain lets the test's program stand in for the bench as the wrapper of a tool.
func TestMain(m *testing.M) {
	if tool := os.Getenv(wrapTool); tool != "" {
		os.Exit(wrap(tool, os.Getenv(wrapLog), os.Args[1:]))
	}
	os.Exit(m.Run())
}

func TestCountFindings(t *testing.T) {
	const out = `{"p": {"respbody": [{"posn": "a.go:1:2", "message": "m"}, {"posn": "a.go:3:2", "message": "n"}]}}
{"q": {"respbody": [{"posn": "b.go:1:2", "message": "m"}]}}
`
	if n, err := countFindings([]byte(out)); n != 3 || err != nil {
		t.Errorf("got %d, %v; want 3", n, err)
	}
	for _, bad := range []string{`{"p": {"respbody": {"error": "it broke"}}}`, `{"p":`, `not JSON`} {
		if n, err := countFindings([]byte(bad)); err == nil {
			t.Errorf("%s: got %d and no error", bad, n)
		}
	}
}

func TestModulePath(t *testing.T) {
	m := &measurement{dir: "../../examples/shop"}
	if path, err := m.modulePath(); path != "shop" || err != nil {
		t.Errorf("got %q, %v; want shop", path, err)
	}
}

func TestMedian(t *testing.T) {
	if got := median([]float64{9, 1, 2}); got != 2 {
		t.Errorf("odd: %v", got)
	}
	if got := median([]time.Duration{4, 1, 9, 2}); got != 3 {
		t.Errorf("even: %v", got)
	}
}

func TestReadUnits(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	if err := os.WriteFile(log, []byte("10\t2000000\t30\t40\tp [p.test]\n300\t1\t2\t3\tq\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	units, err := readUnits(log)
	want := []unit{{"p [p.test]", 10, 2 * time.Millisecond, 30, 40}, {"q", 300, 1, 2, 3}}
	if !slices.Equal(units, want) || err != nil {
		t.Errorf("got %v, %v; want %v", units, err, want)
	}
}

func TestUnits(t *testing.T) {
	var b strings.Builder
	printUnits(&b, []tool{{name: "leakvet"}}, []result{{units: []unit{
		{"a", 1, 10 * time.Millisecond, 1000, 10}, {"b", 1, 20 * time.Millisecond, 1000, 20},
		{"c", 1, 90 * time.Millisecond, 1000, 30}, {"tiny", 1, 80 * time.Millisecond, 1, 0},
	}}})
	const want = `     tool  packages  CPU ms: mean  median  99%  max  facts, bytes: mean  99%  max  slowest by the line, over median
  leakvet         4          50.0    20.0   80   90                  15   20   30                           4.5 (c)
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestTable(t *testing.T) {
	runs := func(cpu ...time.Duration) (s []sample) {
		for _, d := range cpu {
			s = append(s, sample{cpu: d * time.Second, wall: d * time.Second})
		}
		return s
	}
	var b strings.Builder
	printTable(&b, []tool{{name: "empty"}, {name: "leakvet"}}, []result{
		{samples: [cases][]sample{runs(10, 20, 30), runs(1, 1, 1), runs(2, 2, 2)}, units: []unit{{peak: 100 << 10}, {peak: 1}}},
		{samples: [cases][]sample{runs(11, 24, 60), runs(1, 1, 2), runs(2, 3, 4)}, units: []unit{{peak: 150 << 10}}, findings: 4},
	})
	const want = `                         tool  CPU s    min    max  ratio  wall s  peak MiB  ratio  findings
                cold    empty  20.00  10.00  30.00   1.00   20.00       100   1.00         0
                cold  leakvet  24.00  11.00  60.00   1.20   24.00       150   1.50         4
     nothing changed    empty   1.00   1.00   1.00   1.00    1.00
     nothing changed  leakvet   1.00   1.00   2.00   1.00    1.00
  a leaf file edited    empty   2.00   2.00   2.00   1.00    2.00
  a leaf file edited  leakvet   3.00   2.00   4.00   1.50    3.00
`
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

func TestHostile(t *testing.T) {
	var b strings.Builder
	if err := benchHostile(&b, 0.002, []string{"leakvet"}, []string{"functions"}); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 4 {
		t.Fatalf("not a row for each size:\n%s", b.String())
	}
	half, full := strings.Fields(lines[2]), strings.Fields(lines[3])
	if half[1] != "50" || full[1] != "100" || half[len(half)-1] == "0" {
		t.Errorf("sizes, or findings, are wrong:\n%s", b.String())
	}
	if err := benchHostile(&b, 1, []string{"leakvet"}, []string{"no such"}); err == nil {
		t.Error("an unknown shape is no error")
	}
}
