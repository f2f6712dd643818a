package audit

import (
	"errors"
	"sync"
	"time"
)

// A constructor starts a goroutine that only a method of what it returns ends.

type lessor struct {
	stop chan struct{}
	done chan struct{}
	n    int
}

func newLessor() *lessor {
	l := &lessor{stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *lessor) run() {
	defer close(l.done)
	t := time.NewTicker(time.Second)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			l.n++
		case <-l.stop:
			return
		}
	}
}

// Stop ends the goroutine, and waits for it.
func (l *lessor) Stop() {
	close(l.stop)
	<-l.done
}

func (l *lessor) grant() error {
	if l.n > 5 {
		return errors.New("too many")
	}
	return nil
}

func grantsOnce() error {
	l := newLessor() // want `^lessor from newLessor is not stopped when the function returns at line \d+$`
	if err := l.grant(); err != nil {
		return err
	}
	l.Stop()
	return nil
}

func grantsAndForgets() error {
	l := newLessor() // want `^lessor from newLessor is never stopped: the function returns at line \d+$`
	return l.grant()
}

func grants() error {
	l := newLessor()
	defer l.Stop()
	return l.grant()
}

func handsLessor() (*lessor, error) {
	l := newLessor()
	if err := l.grant(); err != nil {
		l.Stop()
		return nil, err
	}
	return l, nil
}

// The goroutine may range over a channel, and a method may start it.

type crew struct {
	jobs chan func()
	once sync.Once
}

func newCrew(n int) (*crew, error) {
	if n < 1 {
		return nil, errors.New("nobody")
	}
	c := &crew{jobs: make(chan func())}
	c.start()
	return c, nil
}

func (c *crew) start() {
	go func() {
		for job := range c.jobs {
			job()
		}
	}()
}

// Close ends the crew.
func (c *crew) Close() { c.once.Do(func() { close(c.jobs) }) }

func hires(job func()) error {
	c, err := newCrew(1) // want `^crew from newCrew is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	c.jobs <- job
	return nil
}

func hiresAndPays(job func()) error {
	c, err := newCrew(1)
	if err != nil {
		return err
	}
	defer c.Close()
	c.jobs <- job
	return nil
}

// What holds one is one.

type office struct{ l *lessor }

func newOffice() *office { return &office{newLessor()} }

// Shutdown closes the office.
func (o *office) Shutdown() { o.l.Stop() }

func visits() error {
	o := newOffice() // want `^office from newOffice is never shut down: the function returns at line \d+$`
	return o.l.grant()
}

func visitsAndLeaves() error {
	o := newOffice()
	defer o.Shutdown()
	return o.l.grant()
}

// What is started later has to be stopped from then on.

func sets(n int) *lessor { return &lessor{stop: make(chan struct{}), done: make(chan struct{}), n: n} }

func (l *lessor) begin() {
	l.n++
	go l.run()
}

func beginsAndForgets() error {
	l := &lessor{stop: make(chan struct{}), done: make(chan struct{})}
	l.begin() // want `^lessor that l\.begin starts is not stopped when the function returns at line \d+$`
	if err := l.grant(); err != nil {
		return err
	}
	l.Stop()
	return nil
}

func begins() error {
	l := sets(1)
	l.begin()
	defer l.Stop()
	return l.grant()
}

func beginsForAnother(l *lessor) { l.begin() }

func neverBegins() error { return sets(1).grant() }
