package run

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/configfile"
)

func TestReadConfig(t *testing.T) {
	dir := t.TempDir()
	huge := filepath.Join(dir, "huge")
	if err := os.WriteFile(huge, make([]byte, maxConfig+1), 0o666); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		filepath.Join(dir, "none"): "cannot read the configuration",
		dir:                        "is a directory",
		huge:                       "has 1048577 bytes",
	} {
		if _, err := readConfig(file, nil); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), file) {
			t.Errorf("%s: %v, want %s", file, err, want)
		}
	}
}

func TestFindConfig(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{".git", "mono/svc/api", "mono/other"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	touch := func(name string) string {
		name = filepath.Join(root, name)
		if err := os.WriteFile(name, nil, 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	touch("mono/svc/go.mod")
	api := filepath.Join(root, "mono", "svc", "api")
	if got := findConfig(api); got != "" {
		t.Errorf("found %s", got)
	}
	touch("mono/svc/api/" + configfile.Name) // not the module's root
	top := touch(configfile.Name)
	if got := findConfig(api); got != top {
		t.Errorf("found %s, want %s", got, top)
	}
	near := touch("mono/svc/" + configfile.Name)
	if got := findConfig(api); got != near {
		t.Errorf("found %s, want %s", got, near)
	}
}
