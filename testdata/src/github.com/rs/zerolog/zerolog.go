// Package zerolog is as much of the real one as the fixtures need.
package zerolog

import (
	"io"
	"sync"
)

var pool = sync.Pool{New: func() any { return &Event{} }}

type Event struct {
	buf []byte
	w   io.Writer
}

type Logger struct {
	w     io.Writer
	level int
}

func (l *Logger) should(level int) bool { return l.w != nil && level >= l.level }

func (l Logger) Info() *Event { return l.newEvent(1) }

func (l *Logger) newEvent(level int) *Event {
	if !l.should(level) {
		return nil
	}
	e := pool.Get().(*Event)
	e.buf = e.buf[:0]
	e.w = l.w
	return e
}

func (e *Event) Msg(msg string) {
	if e == nil {
		return
	}
	e.w.Write(append(e.buf, msg...))
	pool.Put(e)
}
