package run

import (
	"os"
	"path/filepath"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/internal/configfile"
)

// maxConfig is how large a file is read, in bytes: more is a mistake.
const maxConfig = 1 << 20

// findConfig returns the file that holds for dir: the nearest that lies in the root
// of dir's module (where a go.mod file is) or in a directory above, up to the
// root of the repository. It returns "" if there is none.
func findConfig(dir string) string {
	dir = moduleRoot(dir)
	for {
		file := filepath.Join(dir, configfile.Name)
		if _, err := os.Lstat(file); err == nil {
			return file
		}
		if _, err := os.Lstat(filepath.Join(dir, ".git")); err == nil {
			return ""
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// moduleRoot returns the nearest directory around dir that has a go.mod file;
// dir itself if there is none.
func moduleRoot(dir string) string {
	for d := dir; ; d = filepath.Dir(d) {
		if _, err := os.Stat(filepath.Join(d, "go.mod")); err == nil {
			return d
		}
		if d == filepath.Dir(d) {
			return dir
		}
	}
}

// readConfig reads a file, see configfile.Parse.
func readConfig(file string, rules []string) (*configfile.Config, error) {
	data, err := files.Read("configuration", file, maxConfig)
	if err != nil {
		return nil, err
	}
	return configfile.Parse(file, data, rules)
}
