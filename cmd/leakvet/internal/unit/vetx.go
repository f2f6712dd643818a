package unit

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
)

// A vetx file is what one unit leaves for those that import its package:
//
//	magic    "leakvetx"
//	version  one byte
//	types    a length (uvarint) and as many bytes, as gcexportdata writes
//	         them; empty where the compiler's export data serve
//	facts    the rest; see factfile.go
const (
	vetxMagic   = "leakvetx"
	vetxVersion = 1
)

// cleanCache is the advice on files that some other program, or a broken
// disk, has left in a cache.
const cleanCache = "run `go clean -cache`, then again"

// vetx is a vetx file's content.
type vetx struct {
	types []byte
	facts []byte
}

func (v *vetx) typesReader() io.Reader { return bytes.NewReader(v.types) }

// encode returns the file's bytes.
func (v *vetx) encode() []byte {
	data := append([]byte(vetxMagic), vetxVersion)
	data = binary.AppendUvarint(data, uint64(len(v.types)))
	data = append(data, v.types...)
	return append(data, v.facts...)
}

// readVetx reads the vetx file of the package called path. An error says what
// is wrong with the file and what to do.
func readVetx(path, file string) (*vetx, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("package %q: %v", path, err)
	}
	v, err := decodeVetx(data)
	if err != nil {
		return nil, fmt.Errorf("%s, the facts of package %q, %v: %s", file, path, err, cleanCache)
	}
	return v, nil
}

func decodeVetx(data []byte) (*vetx, error) {
	rest, ok := bytes.CutPrefix(data, []byte(vetxMagic))
	if !ok {
		return nil, fmt.Errorf("are not leakvet's")
	}
	if len(rest) == 0 || rest[0] != vetxVersion {
		return nil, fmt.Errorf("are of another version of leakvet")
	}
	rest = rest[1:]
	size, n := binary.Uvarint(rest)
	if n <= 0 || size > uint64(len(rest)-n) {
		return nil, fmt.Errorf("are cut short")
	}
	rest = rest[n:]
	return &vetx{types: rest[:size], facts: rest[size:]}, nil
}

// readImports reads the vetx files of the package's direct imports.
func readImports(cfg *Config) (map[string]*vetx, error) {
	files := make(map[string]*vetx, len(cfg.PackageVetx))
	for _, path := range sortedKeys(cfg.PackageVetx) {
		if path == "unsafe" {
			continue
		}
		v, err := readVetx(path, cfg.PackageVetx[path])
		if err != nil {
			return nil, err
		}
		files[path] = v
	}
	return files, nil
}
