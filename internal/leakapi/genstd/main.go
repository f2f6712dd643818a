// Command genstd adds the standard library's import paths, as the go command
// in use lists them, to std.txt. Run it once with each supported release; it
// only ever adds.
package main

import (
	"log"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
)

func main() {
	log.SetFlags(0)
	paths := map[string]bool{}
	add := func(text []byte) {
		for line := range strings.Lines(string(text)) {
			paths[strings.TrimSpace(line)] = true
		}
	}
	old, err := os.ReadFile("std.txt")
	if err != nil && !os.IsNotExist(err) {
		log.Fatal(err)
	}
	add(old)
	for _, platform := range []string{"linux/amd64", "linux/arm64", "darwin/arm64", "windows/amd64", "freebsd/amd64", "js/wasm", "wasip1/wasm"} {
		goos, goarch, _ := strings.Cut(platform, "/")
		cmd := exec.Command("go", "list", "std", "cmd/...")
		cmd.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS="+goos, "GOARCH="+goarch)
		list, err := cmd.Output()
		if err != nil {
			log.Fatalf("go list std for %s: %v", platform, err)
		}
		add(list)
	}
	delete(paths, "")
	if err := os.WriteFile("std.txt", []byte(strings.Join(slices.Sorted(maps.Keys(paths)), "\n")+"\n"), 0o666); err != nil {
		log.Fatal(err)
	}
}
