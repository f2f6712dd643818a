package lib

import (
	"context"
	"errors"
	"os"
)

// Log keeps a file, which Close closes.
type Log struct {
	f     *os.File
	lines int
}

func OpenLog(name string) (*Log, error) { // want OpenLog:`^owns file result 0 when zero until Close$`
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &Log{f: f}, nil
}

func (l *Log) Add(s string) error { // want Add:`^param 0: borrows; param 0\.0: borrows$`
	l.lines++
	_, err := l.f.WriteString(s)
	return err
}

func (l *Log) Close() error { // want Close:`^param 0\.0: closes; param 0: closes$`
	return l.f.Close()
}

func Append(l *Log, s string) error { return l.Add(s) } // want Append:`^param 0: borrows$`

func OpenBoth(a, b string) (l *Log, err error) { // want OpenBoth:`^owns file result 0 when zero until Close$`
	if l, err = OpenLog(a); err != nil {
		return OpenLog(b)
	}
	return l, nil
}

// A Closer hides what it is.
type Closer interface{ Close() error }

func OpenHidden(name string) (Closer, error) { // want OpenHidden:`^owns file result 0 when zero until Close$`
	l, err := OpenLog(name)
	if err != nil {
		return nil, err
	}
	return l, nil
}

// What has no method to end it obliges nobody.
type Lines struct{ f *os.File }

func OpenLines(name string) (*Lines, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &Lines{f}, nil
}

// A Job ends when it is stopped.
type Job struct {
	cancel context.CancelFunc
	done   chan struct{}
}

func Start(ctx context.Context, f func(context.Context)) *Job { // want Start:`^owns cancel result 0 until Stop$`
	ctx, cancel := context.WithCancel(ctx)
	j := &Job{cancel: cancel, done: make(chan struct{})}
	go func() {
		defer close(j.done)
		f(ctx)
	}()
	return j
}

func (j *Job) Stop() { // want Stop:`^param 0: closes$`
	j.cancel()
	<-j.done
}

// Others get hold of a Registered, too.
type Registered struct{ f *os.File }

var registered []*Registered

func Register(name string) (*Registered, error) { // want Register:`^owns file result 0 when zero until Close perhaps$`
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	r := &Registered{f: f}
	registered = append(registered, r)
	return r, nil
}

func (r *Registered) Close() error { // want Close:`^param 0\.0: closes; param 0: closes$`
	if r.f == nil {
		return errors.New("closed")
	}
	return r.f.Close()
}
