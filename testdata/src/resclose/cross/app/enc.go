package app

import (
	"io"
	"os"

	"resclose/cross/enc"
)

func render(name string) error {
	f, err := os.Create(name) // want `file from os\.Create is never closed`
	if err != nil {
		return err
	}
	return enc.Render(f, 1)
}

func encode(name string) error {
	f, err := os.Create(name) // want `file from os\.Create is never closed`
	if err != nil {
		return err
	}
	return enc.NewEncoder(f).Encode(1)
}

func lex(name string) (byte, error) {
	f, err := os.Open(name) // want `file from os\.Open is never closed`
	if err != nil {
		return 0, err
	}
	l := enc.NewLexer(f)
	return l.Next()
}

// Closed here, or by what it was given to.

func rendered(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := enc.Render(f, 1); err != nil {
		return err
	}
	return enc.NewEncoder(f).Encode(1)
}

func archived(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	a := enc.NewArchive(f)
	defer a.Finish()
	return a.Add(1)
}

func logged(name string) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	enc.Log(f)
	return nil
}

func encoder(name string) (*enc.Encoder, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return enc.NewEncoder(f), nil
}

func reads(name string, p []byte) error {
	s, err := enc.Open(name) // want `file from enc\.Open is never closed`
	if err != nil {
		return err
	}
	_, err = s.Read(p)
	return err
}

func readsAndCloses(name string, p []byte) error {
	s, err := enc.Open(name)
	if err != nil {
		return err
	}
	defer s.Close()
	_, err = s.Read(p)
	return err
}

func loads(s enc.Store, name string) ([]byte, error) {
	r, err := s.OpenSource(name) // want `file from s\.OpenSource is never closed`
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

func loadsAndCloses(s enc.Store, name string) ([]byte, error) {
	r, err := s.OpenSource(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}
