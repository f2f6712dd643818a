package run

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// profiles are what a run is to leave for go tool pprof.
type profiles struct {
	dir   string // where processes put theirs
	files []profileFile
}

type profileFile struct{ kind, flag, name string }

// newProfiles returns nil if nobody asks for profiles. Whoever calls it removes
// the directory.
func newProfiles(s *settings) (*profiles, error) {
	p := new(profiles)
	for _, f := range []profileFile{
		{unit.ProfileCPU, "-cpuprofile", s.cpuProfile},
		{unit.ProfileMemory, "-memprofile", s.memProfile},
	} {
		if f.name == "" {
			continue
		}
		if !filepath.IsAbs(f.name) {
			f.name = filepath.Join(s.start, f.name)
		}
		if err := writable(f.name); err != nil {
			return nil, fmt.Errorf("%s %s: %v", f.flag, s.show(f.name), err)
		}
		if len(p.files) > 0 && p.files[0].name == f.name {
			return nil, fmt.Errorf("-cpuprofile and -memprofile both name %s: use two files", s.show(f.name))
		}
		p.files = append(p.files, f)
	}
	if p.files == nil {
		return nil, nil
	}
	var err error
	p.dir, err = os.MkdirTemp("", "leakvet-profiles-")
	return p, err
}

// writable says early what would make the analysis be in vain.
func writable(name string) error {
	if info, err := os.Stat(name); err == nil && !info.Mode().IsRegular() {
		return errors.New("not a regular file")
	}
	if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
		return fmt.Errorf("there is no directory %s", filepath.ToSlash(filepath.Dir(name)))
	}
	return nil
}

// kinds returns what a unit is told; see unit.ProfileFlag.
func (p *profiles) kinds() string {
	var words []string
	for _, f := range p.files {
		words = append(words, f.kind)
	}
	return strings.Join(append(words, rand.Text()), ",")
}

// write makes one profile of all of each kind.
func (p *profiles) write(ctx context.Context) error {
	for _, f := range p.files {
		parts, err := filepath.Glob(filepath.Join(p.dir, f.kind+"-*"))
		if err != nil {
			return err
		}
		data, err := p.merge(ctx, parts)
		if err == nil {
			err = files.Write(f.name, data)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f.flag, err)
		}
	}
	return nil
}

// merge adds profiles up. The library that pprof does it with takes longer to be
// initialised than small packages to be analysed: it has to stay outside.
func (p *profiles) merge(ctx context.Context, parts []string) ([]byte, error) {
	switch len(parts) {
	case 0:
		return nil, errors.New("nothing was analysed")
	case 1:
		return os.ReadFile(parts[0])
	}
	const sum = "sum"
	args := []string{"tool", "pprof", "-proto", "-symbolize=none", "-output=" + sum}
	for _, part := range parts {
		args = append(args, filepath.Base(part))
	}
	cmd := goCommand(ctx, p.dir, args...)
	// The settings of the module at hand are not those of the go command's tools.
	cmd.Env = append(cmd.Environ(), "GOFLAGS=", "GOWORK=off")
	if out, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("go tool pprof cannot add %d profiles up (%v): %s", len(parts), err, bytes.TrimSpace(out))
	}
	return os.ReadFile(filepath.Join(p.dir, sum))
}
