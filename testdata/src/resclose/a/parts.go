package a

import (
	"bufio"
	"io"
	"os"
)

type blockFile struct {
	f *os.File
	r *bufio.Reader
}

func (s *blockFile) Close() error { return s.f.Close() }

func openBlockFile(name string) (*blockFile, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &blockFile{f: f, r: bufio.NewReader(f)}, nil
}

func segmentEndsLate(name string) (int64, error) {
	s, err := openBlockFile(name) // want `^blockFile from openBlockFile is not closed when the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	n, err := io.Copy(io.Discard, s.r)
	if err != nil {
		return n, err
	}
	return n, s.f.Close()
}

func segmentIsOnlySynced(name string) error {
	s, err := openBlockFile(name) // want `^blockFile from openBlockFile is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	return s.f.Sync()
}

// A struct that is copied is as good as what it holds.

type spool struct{ f *os.File }

func (s *spool) Close() error { return s.f.Close() }

func openSpool(name string) (spool, error) {
	f, err := os.Create(name)
	if err != nil {
		return spool{}, err
	}
	return spool{f}, nil
}

func spoolIsOnlyWritten(name string, p []byte) error {
	s, err := openSpool(name) // want `^file from openSpool is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	_, err = s.f.Write(p)
	return err
}

func spoolEndsLate(name string, p []byte) error {
	s, err := openSpool(name) // want `^file from openSpool is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if _, err = s.f.Write(p); err != nil {
		return err
	}
	return s.Close()
}
