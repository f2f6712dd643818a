package ok

import (
	"bytes"
	"io"
	"os"
)

// What one implementation opens another has in memory: nothing need be closed for
// those who know theirs.

type page struct{ bytes.Reader }

func (*page) Close() error { return nil }

type pageStore interface {
	OpenPage(n int) (io.ReadCloser, error)
}

type filed struct{ dir string }

func (f filed) OpenPage(n int) (io.ReadCloser, error) { return os.Open(f.dir) }

type loaded map[int]*page

func (l loaded) OpenPage(n int) (io.ReadCloser, error) { return l[n], nil }

func readsPage(p pageStore) ([]byte, error) {
	r, err := p.OpenPage(1)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// Who opens through an interface closes, keeps or hands on.

type roots interface {
	OpenRoot(name string) (io.ReadCloser, error)
}

type hostRoots struct{}

func (hostRoots) OpenRoot(name string) (io.ReadCloser, error) { return os.Open(name) }

func closesRoot(from roots, name string) ([]byte, error) {
	r, err := from.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(r)
}

func handsRoot(from roots, name string) (io.ReadCloser, error) {
	return from.OpenRoot(name)
}

type rooted struct{ r io.ReadCloser }

func (r *rooted) Close() error { return r.r.Close() }

func keepsRoot(from roots, name string) (*rooted, error) {
	r, err := from.OpenRoot(name)
	if err != nil {
		return nil, err
	}
	return &rooted{r}, nil
}

// A getter lends.

type current interface {
	Current() (io.ReadCloser, error)
}

type lender struct{ r io.ReadCloser }

func (l *lender) Current() (io.ReadCloser, error) {
	if l.r == nil {
		return nil, os.ErrClosed
	}
	return l.r, nil
}

func readsCurrent(c current) ([]byte, error) {
	r, err := c.Current()
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// What has no stream's methods may have a Close of another kind.

type session interface {
	Name() string
	Close() error
}

type sessions interface {
	Session(id string) (session, error)
}

func namesSession(s sessions, id string) (string, error) {
	c, err := s.Session(id)
	if err != nil {
		return "", err
	}
	return c.Name(), nil
}

// What is committed is over, too.

type upload interface {
	io.WriteCloser
	Commit() error
	Cancel() error
}

type uploads interface {
	Create() (upload, error)
}

func uploadsAll(u uploads, r io.Reader) error {
	w, err := u.Create()
	if err != nil {
		return err
	}
	if _, err := io.Copy(w, r); err != nil {
		w.Cancel()
		return err
	}
	return w.Commit()
}
