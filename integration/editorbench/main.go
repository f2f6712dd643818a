// Command editorbench measures what the rules cost in an editor: gopls with
// leakvet inside beside plain gopls of the same version, in LSP sessions that open
// a file and edit it.
//
// Usage, from the integration module:
//
//	go run ./editorbench [-rounds n] [-edits n] [-version v] module-directory file
//
// The file is named relative to the module's directory. An edit puts a line
// before the end of the last function and takes it away again; its latency is the
// time from telling the server to the answer when the diagnostics of the file are
// asked for. Each round starts each server twice: with an empty cache of its own,
// and again with what that has left. The table has medians over all rounds, for
// memory the peak of the process.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/leakvet/leakvet/integration/lsp"
)

func main() {
	o := options{}
	flag.IntVar(&o.rounds, "rounds", 3, "how often each server is started")
	flag.IntVar(&o.edits, "edits", 6, "how many edits a session makes")
	flag.StringVar(&o.version, "version", "v0.23.0", "of gopls")
	flag.Parse()
	if flag.NArg() != 2 || o.rounds < 1 || o.edits < 1 {
		fmt.Fprintln(os.Stderr, "usage: editorbench [-rounds n] [-edits n] [-version v] module-directory file")
		os.Exit(2)
	}
	o.root, o.file = flag.Arg(0), flag.Arg(1)
	if err := bench(os.Stdout, o); err != nil {
		fmt.Fprintln(os.Stderr, "editorbench:", err)
		os.Exit(2)
	}
}

type options struct {
	rounds, edits       int
	version, root, file string
}

// A server is a build of gopls.
type server struct {
	name, path string
	cold, warm []session
}

// session is what one session took.
type session struct {
	open     time.Duration // from the start of the server to the file's diagnostics
	edit     time.Duration // the median edit
	peak     float64       // of memory, in MiB
	findings int           // of leakvet, in the file
}

func bench(w io.Writer, o options) error {
	root, err := filepath.Abs(o.root)
	if err != nil {
		return err
	}
	tmp, err := os.MkdirTemp("", "leakvet-editorbench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(tmp)
	servers, err := buildServers(tmp, o.version)
	if err != nil {
		return err
	}
	for round := range o.rounds {
		for _, s := range servers {
			cache := filepath.Join(tmp, s.name, fmt.Sprint(round))
			for _, kind := range []*[]session{&s.cold, &s.warm} {
				fmt.Fprintf(os.Stderr, "editorbench: round %d of %d: %s\n", round+1, o.rounds, s.name)
				one, err := edit(s.path, root, o.file, cache, o.edits)
				if err != nil {
					return err
				}
				*kind = append(*kind, one)
			}
		}
	}
	return table(w, servers)
}

// buildServers builds plain gopls and the one with leakvet inside.
func buildServers(tmp, version string) ([]*server, error) {
	plain := &server{name: "plain", path: filepath.Join(tmp, "gopls")}
	leakvet := &server{name: "leakvet", path: filepath.Join(tmp, "gopls-leakvet")}
	install := exec.Command("go", "install", "golang.org/x/tools/gopls@"+version)
	install.Env = append(os.Environ(), "GOBIN="+tmp, "GOFLAGS=")
	// With the versions that leakvet itself requires.
	builder := exec.Command("go", "run", "./cmd/leakvet", "gopls", "-version", version, "-leakvet", ".", "-config", "none", "-o", leakvet.path)
	builder.Dir = ".."
	for _, cmd := range []*exec.Cmd{install, builder} {
		if out, err := cmd.CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %v\n%s", strings.Join(cmd.Args, " "), err, out)
		}
	}
	return []*server{plain, leakvet}, nil
}

// edit has one session with a server.
func edit(gopls, root, file, cache string, edits int) (session, error) {
	var r session
	data, err := os.ReadFile(filepath.Join(root, file))
	if err != nil {
		return r, err
	}
	text := string(data)
	end := strings.LastIndex(text, "\n}")
	if end < 0 {
		return r, fmt.Errorf("%s has no function to edit", file)
	}
	start := time.Now()
	s, err := lsp.Start(gopls, root, []string{"GOPLSCACHE=" + cache}, lsp.Object{"pullDiagnostics": true}, 30*time.Minute)
	if err != nil {
		return r, err
	}
	defer s.Close()
	if err := s.Open(file, text); err != nil {
		return r, err
	}
	shown, err := s.Diagnostics(file)
	if err != nil {
		return r, err
	}
	r.open = time.Since(start)
	for _, d := range shown {
		if strings.Contains(string(d.Raw), "leakvet") {
			r.findings++
		}
	}
	var took []time.Duration
	for i := range edits {
		next := text
		if i%2 == 0 {
			next = text[:end] + fmt.Sprintf("\n\tprintln(%d)", i) + text[end:]
		}
		start := time.Now()
		if err := s.Change(file, next); err != nil {
			return r, err
		}
		if _, err := s.Diagnostics(file); err != nil {
			return r, err
		}
		took = append(took, time.Since(start))
	}
	r.edit = median(took)
	r.peak, err = peak(s.PID)
	return r, err
}

// peak returns the most memory that a process has held, in MiB, as Linux tells.
func peak(pid int) (float64, error) {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kib); err == nil {
			return kib / 1024, nil
		}
	}
	return 0, fmt.Errorf("process %d tells no peak", pid)
}

func table(w io.Writer, servers []*server) error {
	var b strings.Builder
	b.WriteString("| gopls | cache | open, s | edit, s | peak, MiB | findings |\n|---|---|--:|--:|--:|--:|\n")
	for _, cold := range []bool{true, false} {
		var plain session
		for i, s := range servers {
			name, list := "cold", s.cold
			if !cold {
				name, list = "warm", s.warm
			}
			m := session{
				open: medianOf(list, func(s session) time.Duration { return s.open }),
				edit: medianOf(list, func(s session) time.Duration { return s.edit }),
				peak: medianOf(list, func(s session) float64 { return s.peak }),
			}
			if i == 0 {
				plain = m
				fmt.Fprintf(&b, "| %s | %s | %.2f | %.2f | %.0f | |\n", s.name, name, m.open.Seconds(), m.edit.Seconds(), m.peak)
				continue
			}
			fmt.Fprintf(&b, "| %s | %s | %.2f (%.2f) | %.2f (%.2f) | %.0f (%.2f) | %d |\n", s.name, name,
				m.open.Seconds(), m.open.Seconds()/plain.open.Seconds(),
				m.edit.Seconds(), m.edit.Seconds()/plain.edit.Seconds(),
				m.peak, m.peak/plain.peak, list[0].findings)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func medianOf[T time.Duration | float64](list []session, of func(session) T) T {
	values := make([]T, len(list))
	for i, s := range list {
		values[i] = of(s)
	}
	return median(values)
}

func median[T time.Duration | float64](values []T) T {
	values = slices.Sorted(slices.Values(values))
	return values[len(values)/2]
}
