// Package lib says by directives what its code does not show, or hides.
package lib

import (
	"io"
	"os"
)

// Store is implemented by whoever uses the package.
type Store interface {
	// Put reads a file and gives it back.
	//
	//leakvet:borrows f
	Put(name string, f *os.File) error

	// Attach keeps a file.
	//
	//leakvet:owns f
	Attach(f *os.File)

	// Open hands out what must be closed, with how large it is.
	//
	//leakvet:owns r
	Open(name string) (r io.ReadCloser, size int, err error)

	// Peek hands out the same, and does not say so.
	Peek(name string) (r io.ReadCloser, size int, err error)

	// Find hands it out if there is one.
	//
	//leakvet:owns result
	Find(name string) (io.ReadCloser, bool)

	// Shared keeps for itself what it returns.
	//
	//leakvet:borrows result
	Shared(name string) (*os.File, error)

	// Mine does not say whose it is.
	Mine(name string) (*os.File, error)
}

var finishers []func(*Batch)

// Batch must be finished.
type Batch struct{ f *os.File }

// NewBatch says itself what must be closed.
//
//leakvet:owns b
func NewBatch(s Store, name string) (b *Batch, err error) {
	f, _, err := s.Peek(name)
	return &Batch{f: f.(*os.File)}, err
}

// Close closes it.
func (b *Batch) Close() error { return b.f.Close() }

// Hand hands it to somebody who closes it.
//
//leakvet:owns b
func (b *Batch) Hand() {}

// Log looks at it.
//
//leakvet:borrows b
func (b *Batch) Log() {
	for _, finish := range finishers {
		finish(b)
	}
}

// Upload keeps what it uploads until it is done.
type Upload struct {
	Src *os.File //leakvet:owns
	Log *os.File
	dst *os.File //leakvet:owns
	log *os.File
}

// Each closes what it is given, by a function that it is told of elsewhere.
//
//leakvet:owns fs
func Each(fs ...*os.File) {
	for _, f := range fs {
		f.Name()
	}
}

// Put is for one type as for another.
//
//leakvet:borrows v
func Put[T any](s Store, v T) { generic(v) }

var generic func(any)

// Job takes its file over, and must be closed itself.
type Job struct {
	f *os.File //leakvet:owns
}

// NewJob opens it.
func NewJob(name string) (*Job, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &Job{f: f}, nil
}

// JobOf takes one that is open.
func JobOf(f *os.File) *Job { return &Job{f: f} }

// Close closes it.
func (j *Job) Close() error { return j.f.Close() }

// Nothing in the package closes what is in these fields.
func begin(u *Upload, name string) (err error) {
	if u.dst, err = os.Create(name); err != nil {
		return err
	}
	u.log, err = os.Create(name + ".log")
	return err
}

func hands(s Store, name string) error {
	f, err := os.Open(name) // want `file from os.Open is never closed`
	if err != nil {
		return err
	}
	return s.Put(name, f)
}
