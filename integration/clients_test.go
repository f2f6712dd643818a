package integration

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestClients analyses small programs over the real libraries: a finding is
// expected on the lines that say so, and nowhere else.
func TestClients(t *testing.T) {
	var want []string
	files, err := filepath.Glob("testdata/clients/*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		line := 0
		for text := range strings.Lines(string(data)) {
			line++
			if strings.HasSuffix(strings.TrimSpace(text), "// leak") {
				want = append(want, place(name, line))
			}
		}
	}
	var got []string
	for _, f := range findings(output(t, ".", []int{0, 1}, "go", "vet", "-vettool="+leakvet, "./testdata/clients/...")) {
		got = append(got, place(f.file, f.line))
		if !slices.Contains(want, place(f.file, f.line)) {
			t.Errorf("unexpected: %s", f)
		}
	}
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("%s: nothing is found", w)
		}
	}
}

func place(file string, line int) string {
	return finding{file: filepath.ToSlash(file), line: line}.String()
}
