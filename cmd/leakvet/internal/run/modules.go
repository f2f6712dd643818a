package run

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
)

// modules returns the directories of the modules that -modules asks for: those
// of the go.work file that holds for dir, else those in the tree below dir.
func modules(ctx context.Context, dir string) ([]string, error) {
	r := &runner{dir: dir}
	out, err := r.goCommand(ctx, "env", "GOWORK").Output()
	if err != nil {
		return nil, fmt.Errorf("go env fails: %v", err)
	}
	if work := strings.TrimSpace(string(out)); work != "" && work != "off" {
		return workspace(r.goCommand(ctx, "work", "edit", "-json"), filepath.Dir(work))
	}
	var dirs []string
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != dir && ignoredDir(d.Name()) {
			return fs.SkipDir
		}
		if d.Name() == "go.mod" && !d.IsDir() {
			dirs = append(dirs, filepath.Dir(name))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(dirs) == 0 {
		return nil, fmt.Errorf("there is no go.work and no go.mod in %s", dir)
	}
	return dirs, nil
}

// ignoredDir reports whether the go command's patterns pass over a directory of
// that name.
func ignoredDir(name string) bool {
	return name == "vendor" || name == "testdata" || name == "node_modules" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// workspace returns the directories that a go.work file uses.
func workspace(edit *exec.Cmd, root string) ([]string, error) {
	out, err := edit.Output()
	if err != nil {
		return nil, fmt.Errorf("go work edit fails: %v", err)
	}
	var work struct{ Use []struct{ DiskPath string } }
	if err := json.Unmarshal(out, &work); err != nil {
		return nil, fmt.Errorf("go work edit prints what cannot be read: %v", err)
	}
	var dirs []string
	for _, u := range work.Use {
		dir := filepath.FromSlash(u.DiskPath)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(root, dir)
		}
		dirs = append(dirs, dir)
	}
	if len(dirs) == 0 {
		return nil, fmt.Errorf("%s uses no module", filepath.Join(root, "go.work"))
	}
	return dirs, nil
}
