package run

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

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

// width returns how many columns a terminal has; 0 if w is none.
func width(w io.Writer) int {
	if !isTerminal(w) {
		return 0
	}
	columns, _, err := term.GetSize(int(w.(*os.File).Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// progress shows on a terminal how far the analysis is, and that it goes on.
type progress struct {
	w     io.Writer // nil if nobody watches
	start time.Time
	ended chan struct{}
	done  sync.WaitGroup

	mu     sync.Mutex
	wanted map[string]bool // packages that are to be analysed; empty while that is not known
	seen   map[string]bool // packages that are done, dependencies among them
	count  int             // of those seen that are wanted
}

// tick is how often the time is shown anew.
const tick = time.Second

func newProgress(w io.Writer) *progress {
	p := &progress{seen: make(map[string]bool), wanted: make(map[string]bool)}
	if !isTerminal(w) {
		return p
	}
	p.w, p.start, p.ended = w, time.Now(), make(chan struct{})
	p.done.Go(func() {
		ticker := time.NewTicker(tick)
		defer ticker.Stop()
		for {
			select {
			case <-p.ended:
				return
			case <-ticker.C:
				p.mu.Lock()
				p.print()
				p.mu.Unlock()
			}
		}
	})
	return p
}

// expect adds packages that are to be analysed.
func (p *progress) expect(pkgs map[string]string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for pkg := range pkgs {
		if !p.wanted[pkg] {
			p.wanted[pkg] = true
			if p.seen[pkg] {
				p.count++
			}
		}
	}
	p.print()
}

// step notes that a package is done.
func (p *progress) step(pkg string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.seen[pkg] {
		p.seen[pkg] = true
		if p.wanted[pkg] {
			p.count++
		}
	}
	p.print()
}

func (p *progress) print() {
	if p.w == nil {
		return
	}
	what := "listing packages"
	if len(p.wanted) > 0 {
		what = fmt.Sprintf("%d of %d packages analysed", p.count, len(p.wanted))
	}
	fmt.Fprintf(p.w, "\r\x1b[Kleakvet: %s, %v", what, time.Since(p.start).Round(time.Second))
}

// stop removes the line. It may be called again.
func (p *progress) stop() {
	if p.w == nil {
		return
	}
	close(p.ended)
	p.done.Wait()
	fmt.Fprint(p.w, "\r\x1b[K")
	p.w = nil
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

// toolVersion returns the version of this leakvet, as its module has it.
func toolVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// versionLine says which leakvet this is and which Go it knows.
func versionLine() string {
	return fmt.Sprintf("leakvet %s built with %s", toolVersion(), runtime.Version())
}
