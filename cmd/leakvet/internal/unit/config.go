package unit

import (
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/tools/go/analysis"
)

// Config describes one package, in the form in which the go command writes it
// for a vet tool.
type Config struct {
	ID           string // the package, with its variant if it has one
	Dir          string // its directory
	ImportPath   string // its path
	GoVersion    string // the language version it asks for, such as "go1.26"
	GoFiles      []string
	NonGoFiles   []string
	IgnoredFiles []string

	ModulePath    string
	ModuleVersion string
	Module        *analysis.Module // from Go 1.27 on

	ImportMap   map[string]string // import as written to package path
	PackageFile map[string]string // package path to the compiler's export data
	PackageVetx map[string]string // package path to what an earlier unit wrote

	VetxOnly   bool   // nobody asked for this package's findings
	VetxOutput string // where to write types and facts
	Stdout     string // where to write what would go to standard output

	SucceedOnTypecheckFailure bool // leave type errors to the compiler
}

// readConfig reads and checks a configuration file.
func readConfig(name string) (*Config, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	cfg := new(Config)
	if err := json.Unmarshal(data, cfg); err != nil {
		return nil, fmt.Errorf("%s is not a configuration of the go command: %v", name, err)
	}
	if len(cfg.GoFiles) == 0 {
		return nil, fmt.Errorf("%s: package %s has no Go files", name, cfg.ImportPath)
	}
	return cfg, nil
}

// module returns what the configuration tells of the package's module, which
// before Go 1.27 is its path and version.
func (cfg *Config) module() *analysis.Module {
	if cfg.Module == nil && cfg.ModulePath != "" {
		return &analysis.Module{Path: cfg.ModulePath, Version: cfg.ModuleVersion, GoVersion: cfg.GoVersion}
	}
	return cfg.Module
}

// typesFromVetx reports whether packages get their imports' types from the
// files of earlier units, as under a driver that compiles nothing. A package
// without imports cannot tell and is taken to be one of those.
func (cfg *Config) typesFromVetx() bool { return len(cfg.PackageFile) == 0 }
