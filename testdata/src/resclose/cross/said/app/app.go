// Package app uses what another package says of itself by directives.
package app

import (
	"os"

	"resclose/cross/said/lib"
)

func puts(s lib.Store, name string) error {
	f, err := os.Open(name) // want `file from os.Open is never closed`
	if err != nil {
		return err
	}
	return s.Put(name, f)
}

func attaches(s lib.Store, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	s.Attach(f)
	return nil
}

func generic(s lib.Store, name string) error {
	f, err := os.Open(name) // want `file from os.Open is never closed`
	if err != nil {
		return err
	}
	lib.Put(s, f)
	return nil
}

func each(name string) error {
	a, err := os.Open(name)
	if err != nil {
		return err
	}
	lib.Each(a)
	return nil
}

func opens(s lib.Store, name string) error {
	r, _, err := s.Open(name) // want `resource from s.Open is never released`
	if err != nil {
		return err
	}
	_, err = r.Read(nil)
	return err
}

func closes(s lib.Store, name string) error {
	r, _, err := s.Open(name)
	if err != nil {
		return err
	}
	defer r.Close()
	_, err = r.Read(nil)
	return err
}

func peeks(s lib.Store, name string) error {
	r, _, err := s.Peek(name)
	if err != nil {
		return err
	}
	_, err = r.Read(nil)
	return err
}

func finds(s lib.Store, name string) int {
	r, ok := s.Find(name) // want `resource from s.Find is never released`
	if !ok {
		return 0
	}
	n, _ := r.Read(nil)
	return n
}

func shared(s lib.Store, name string) (string, error) {
	f, err := s.Shared(name)
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func mine(s lib.Store, name string) (string, error) {
	f, err := s.Mine(name) // want `file from s.Mine is never closed`
	if err != nil {
		return "", err
	}
	return f.Name(), nil
}

func batch(s lib.Store, name string) error {
	b, err := lib.NewBatch(s, name) // want `resource from lib.NewBatch is never released`
	if err != nil {
		return err
	}
	b.Log()
	return nil
}

func handed(s lib.Store, name string) error {
	b, err := lib.NewBatch(s, name)
	if err != nil {
		return err
	}
	b.Hand()
	return nil
}

func finished(s lib.Store, name string) error {
	b, err := lib.NewBatch(s, name)
	if err != nil {
		return err
	}
	defer b.Close()
	b.Log()
	return nil
}

func uploads(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	u := &lib.Upload{Src: f}
	return u.Src.Read(nil)
}

func logs(name string) (int, error) {
	f, err := os.Open(name) // want `file from os.Open is never closed`
	if err != nil {
		return 0, err
	}
	u := &lib.Upload{Log: f}
	return u.Log.Read(nil)
}

func job(name string) error {
	j, err := lib.NewJob(name) // want `Job from lib.NewJob is discarded and never closed`
	if err != nil {
		return err
	}
	_ = j
	return nil
}

func jobOf(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	_ = lib.JobOf(f)
	return nil
}
