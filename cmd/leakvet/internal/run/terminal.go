package run

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"

	"golang.org/x/term"
)

// isTerminal reports whether somebody watches w.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// useColor decides on colours; NO_COLOR and dumb terminals speak for auto.
func useColor(mode string, w io.Writer) bool {
	switch mode {
	case "always":
		return true
	case "never":
		return false
	}
	return isTerminal(w) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}

// progress shows on a terminal how far the analysis is.
type progress struct {
	w     io.Writer // nil if nobody watches
	count int
}

func newProgress(w io.Writer) *progress {
	if !isTerminal(w) {
		return new(progress)
	}
	return &progress{w: w}
}

// step counts one more package.
func (p *progress) step() {
	p.count++
	if p.w != nil {
		fmt.Fprintf(p.w, "\rleakvet: %d packages analysed", p.count)
	}
}

// clear removes the line.
func (p *progress) clear() {
	if p.w != nil && p.count > 0 {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// workDir returns dir as an absolute path, the current directory if empty.
func workDir(dir string) (string, error) {
	if dir == "" {
		return os.Getwd()
	}
	info, err := os.Stat(dir)
	if err != nil {
		return "", fmt.Errorf("-C %s: no such directory", dir)
	}
	if !info.IsDir() {
		return "", fmt.Errorf("-C %s: not a directory", dir)
	}
	return filepath.Abs(dir)
}

// versionLine says which leakvet this is and which Go it knows.
func versionLine() string {
	version := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		version = info.Main.Version
	}
	return fmt.Sprintf("leakvet %s built with %s", version, runtime.Version())
}
