package unit

import (
	"bytes"
	"errors"
	"fmt"
	"path"
	"strings"
	"sync"

	"github.com/leakvet/leakvet/internal/guard"
)

// failures collects what went wrong inside analyzers.
type failures struct {
	mu   sync.Mutex
	list []guard.Failure
}

func (f *failures) add(failure guard.Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = append(f.list, failure)
}

// byAnalyzer returns the first failure of each analyzer that failed.
func (f *failures) byAnalyzer() map[string]error {
	f.mu.Lock()
	defer f.mu.Unlock()
	errs := make(map[string]error)
	for _, failure := range f.list {
		if errs[failure.Analyzer] == nil {
			errs[failure.Analyzer] = errors.New(Explain(failure))
		}
	}
	return errs
}

// Explain says in one line what went wrong and where.
func Explain(f guard.Failure) string {
	return fmt.Sprintf("internal error: %v%s", f.Value, trace(f.Stack))
}

// maxFrames is how much of a stack is worth showing.
const maxFrames = 6

// trace returns where a panic happened, as " (at f file.go:1, g file.go:2)".
// It holds no addresses and no directories, which differ between runs that
// fail alike.
func trace(stack []byte) string {
	if _, after, ok := bytes.Cut(stack, []byte("\npanic(")); ok {
		stack = after
	}
	lines := strings.Split(string(stack), "\n")
	var frames []string
	for i := 0; i+1 < len(lines) && len(frames) < maxFrames; i++ {
		file, ok := strings.CutPrefix(lines[i+1], "\t")
		if !ok || strings.HasPrefix(lines[i], "\t") {
			continue
		}
		name := path.Base(lines[i])
		if j := strings.LastIndexByte(name, '('); j > 0 {
			name = name[:j]
		}
		file, _, _ = strings.Cut(path.Base(file), " ")
		if strings.HasPrefix(file, "panic.go:") || name == "" {
			continue
		}
		frames = append(frames, name+" "+file)
	}
	if len(frames) == 0 {
		return ""
	}
	return " (at " + strings.Join(frames, ", ") + ")"
}
