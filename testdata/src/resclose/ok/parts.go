package ok

import (
	"bufio"
	"io"
	"os"
)

// Code that knows the fields of a holder may end what is in them itself.

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

func countsBlockFile(name string) (int64, error) {
	s, err := openBlockFile(name)
	if err != nil {
		return 0, err
	}
	defer s.f.Close()
	return io.Copy(io.Discard, s.r)
}

func countsLater(name string) (n int64, err error) {
	s, err := openBlockFile(name)
	if err != nil {
		return 0, err
	}
	f := s.f
	defer func() { err = f.Close() }()
	return io.Copy(io.Discard, s.r)
}

func endsBlockFile(s *blockFile) { s.f.Close() }

func countsAndEnds(name string) (int64, error) {
	s, err := openBlockFile(name)
	if err != nil {
		return 0, err
	}
	defer endsBlockFile(s)
	return io.Copy(io.Discard, s.r)
}

type shard struct{ data io.ReadCloser }

func (s shard) Close() error { return s.data.Close() }

func openShard(name string) (shard, error) {
	f, err := os.Open(name)
	if err != nil {
		return shard{}, err
	}
	return shard{f}, nil
}

func readsShard(name string) ([]byte, error) {
	s, err := openShard(name)
	if err != nil {
		return nil, err
	}
	defer s.data.Close()
	return io.ReadAll(s.data)
}

// A struct that is copied is as good as what it holds.

func closesShard(name string) ([]byte, error) {
	s, err := openShard(name)
	if err != nil {
		return nil, err
	}
	defer s.Close()
	return io.ReadAll(s.data)
}

type shardSet struct {
	s shard
	n int
}

func keepsShard(name string) (*shardSet, error) {
	s, err := openShard(name)
	if err != nil {
		return nil, err
	}
	return &shardSet{s: s}, nil
}

func movesShard(name string, into *shard) error {
	s, err := openShard(name)
	if err != nil {
		return err
	}
	into.data = s.data
	return nil
}

func sendsShard(name string, to chan<- shard) error {
	s, err := openShard(name)
	if err != nil {
		return err
	}
	to <- s
	return nil
}

type spool struct{ f *os.File }

func (s *spool) Close() error { return s.f.Close() }

func openSpool(name string) (spool, error) {
	f, err := os.Create(name)
	if err != nil {
		return spool{}, err
	}
	return spool{f}, nil
}

func handsSpool(name string) (io.Closer, error) {
	s, err := openSpool(name)
	if err != nil {
		return nil, err
	}
	return &s, nil
}

func writesSpool(name string, p []byte) (err error) {
	s, err := openSpool(name)
	if err != nil {
		return err
	}
	defer func() {
		if e := s.Close(); err == nil {
			err = e
		}
	}()
	_, err = s.f.Write(p)
	return err
}
