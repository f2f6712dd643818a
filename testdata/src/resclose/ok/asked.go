package ok

import (
	"io"
	"os"
	"path/filepath"
	"strings"
)

// What is asked twice gives one answer.

type target struct{ path, mode string }

func (t *target) written() bool { return t.path != "" && t.mode == "w" }

func packed(name string) bool {
	return strings.HasSuffix(name, ".gz") || strings.HasSuffix(name, ".tgz")
}

type settings interface{ IsVerbose() bool }

func asksMethod(t *target) (err error) {
	var f *os.File
	if t.written() {
		if f, err = os.Create(t.path); err != nil {
			return err
		}
	}
	println(t.path)
	if t.written() {
		return f.Close()
	}
	return nil
}

func asksHelper(name string) (err error) {
	var f *os.File
	if packed(name) {
		if f, err = os.Open(name); err != nil {
			return err
		}
	}
	if packed(name) {
		return f.Close()
	}
	return nil
}

func asksExtension(name string) (err error) {
	var f *os.File
	if filepath.Ext(name) == ".gz" {
		if f, err = os.Open(name); err != nil {
			return err
		}
	}
	if filepath.Ext(name) == ".gz" {
		return f.Close()
	}
	return nil
}

func asksMap(of map[string]string) (err error) {
	var f *os.File
	if _, ok := of["out"]; ok {
		if f, err = os.Create(of["out"]); err != nil {
			return err
		}
	}
	if _, ok := of["out"]; ok {
		return f.Close()
	}
	return nil
}

func asksEnvironment() (err error) {
	var f *os.File
	if os.Getenv("OUT") != "" {
		if f, err = os.Create(os.Getenv("OUT")); err != nil {
			return err
		}
	}
	if os.Getenv("OUT") != "" {
		return f.Close()
	}
	return nil
}

func asksOther(s settings, name string) (err error) {
	var f *os.File
	if s.IsVerbose() {
		if f, err = os.Create(name); err != nil {
			return err
		}
	}
	if s.IsVerbose() {
		return f.Close()
	}
	return nil
}

func asksLength(names []string, n uint) (err error) {
	var f, g *os.File
	if len(names) != 0 {
		if f, err = os.Open(names[0]); err != nil {
			return err
		}
	}
	if n != 0 {
		if g, err = os.Open("x"); err == nil && n > 0 {
			g.Close()
		}
	}
	if len(names) > 0 {
		f.Close()
	}
	return nil
}

// What has just been made is no other.

func notStdin(name string) (err error) {
	f := os.Stdin
	if name != "-" {
		if f, err = os.Open(name); err != nil {
			return err
		}
	}
	if f != os.Stdin {
		defer f.Close()
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

func notStdout(name string) error {
	var w io.Writer = os.Stdout
	if name != "" {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		w = f
	}
	io.WriteString(w, name)
	if f, ok := w.(*os.File); ok && f != os.Stdout {
		return f.Close()
	}
	return nil
}

func notText(name string) error {
	var r io.Reader = strings.NewReader(name)
	if name != "" {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		r = f
	}
	switch r := r.(type) {
	case *strings.Reader:
		return nil
	case *os.File:
		return r.Close()
	}
	return nil
}
