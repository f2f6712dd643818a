// Package files reads files that people write, and replaces files as a whole.
package files

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Read reads a file of at most max bytes: more is a mistake. Messages call it what,
// such as "baseline", and its error wraps the cause.
func Read(what, name string, max int64) ([]byte, error) {
	if info, err := os.Stat(name); err == nil && info.Size() > max && info.Mode().IsRegular() {
		return nil, fmt.Errorf("the %s %s has %d bytes: at most %d are read", what, name, info.Size(), max)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("cannot read the %s %s: %w", what, name, Cause(err))
	}
	return data, nil
}

// Cause returns what an error about a file says without the file's name.
func Cause(err error) error {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

// Write makes data the content of the file: whoever reads it, and whatever happens, sees
// the old content or the new. It keeps the file's mode, follows
// symbolic links, and leaves a file alone that has that content already. On an
// error the file is what it was.
func Write(name string, data []byte) (err error) {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o644)
	switch info, err := os.Stat(name); {
	case err == nil && !info.Mode().IsRegular():
		return &fs.PathError{Op: "write", Path: name, Err: errors.New("not a regular file")}
	case err == nil:
		mode = info.Mode().Perm()
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, data) {
			return nil
		}
	}
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			tmp.Close()
			os.Remove(tmp.Name())
		}
	}()
	if _, err := tmp.Write(data); err != nil {
		return err
	}
	if err := tmp.Chmod(mode); err != nil {
		return err
	}
	// Without it, a crash may leave an empty file under the name.
	if err := tmp.Sync(); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
