package ok

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"sync"
)

func serve(ln net.Listener, idle chan net.Conn) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		go reply(c, idle)
	}
}

// reply hands the connection on where it does not close it.
func reply(c net.Conn, idle chan net.Conn) {
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		c.Close()
		return
	}
	if line == "wait\n" {
		idle <- c
		return
	}
	c.Close()
}

// leaves tells by a bool whether the connection is still open.
func leaves(addr string) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	if !greeted(c) {
		return nil, errors.New("no greeting")
	}
	return c, nil
}

func greeted(c net.Conn) bool {
	if _, err := io.WriteString(c, "hello\n"); err != nil {
		c.Close()
		return false
	}
	return true
}

type outcome struct{ closed bool }

// says puts it into a field of its result.
func says(addr string) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return
	}
	if o := asked(c); !o.closed {
		c.Close()
	}
}

func asked(c net.Conn) outcome {
	if _, err := io.WriteString(c, "hello\n"); err != nil {
		c.Close()
		return outcome{closed: true}
	}
	return outcome{}
}

type journal struct {
	f      *os.File
	closed bool
}

func newJournal(name string) (*journal, error) {
	f, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	return &journal{f: f}, nil
}

// end closes the file once.
func (j *journal) end() {
	if j.closed {
		return
	}
	j.closed = true
	j.f.Close()
}

func write(name, text string) error {
	j, err := newJournal(name)
	if err != nil {
		return err
	}
	_, err = j.f.WriteString(text)
	j.end()
	return err
}

// watched closes the connection when the context ends, or leaves it to its caller.
func watched(ctx context.Context, addr string) (net.Conn, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	stop := make(chan struct{})
	go func() {
		select {
		case <-ctx.Done():
			c.Close()
		case <-stop:
		}
	}()
	_, err = io.WriteString(c, "hello\n")
	close(stop)
	if err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// waits for the goroutine, and sees to what it has left.
func waits(addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		if _, err = io.WriteString(c, "hello\n"); err != nil {
			return
		}
		c.Close()
	}()
	wg.Wait()
	if err != nil {
		c.Close()
	}
	return err
}

// sizes knows what its helper asks.
func sizes(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	if _, err := f.Stat(); err != nil {
		f.Close()
		return err
	}
	return spend(f, true)
}

func spend(f *os.File, ours bool) error {
	if !ours {
		return nil
	}
	if _, err := io.Copy(io.Discard, f); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// rotated closes the earlier file once it has the next.
func rotated(names []string) error {
	var cur *os.File
	defer func() {
		if cur != nil {
			cur.Close()
		}
	}()
	for _, name := range names {
		f, err := os.Create(name)
		if err != nil {
			return err
		}
		if cur != nil {
			cur.Close()
		}
		cur = f
	}
	return nil
}

// offered closes what nobody takes.
func offered(ln net.Listener, conns chan<- net.Conn, stop <-chan struct{}) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		select {
		case conns <- c:
		case <-stop:
			c.Close()
			return nil
		}
	}
}

// listened closes the earlier ones if a later one fails.
func listened(addrs []string) (_ []net.Listener, err error) {
	var lns []net.Listener
	defer func() {
		if err != nil {
			for _, ln := range lns {
				ln.Close()
			}
		}
	}()
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			return nil, err
		}
		lns = append(lns, ln)
	}
	return lns, nil
}

// backwards closes them from the last to the first.
func backwards(addrs []string, serve func([]net.Listener)) error {
	var lns []net.Listener
	closeAll := func() {
		for i := len(lns) - 1; i >= 0; i-- {
			lns[i].Close()
		}
	}
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			closeAll()
			return err
		}
		lns = append(lns, ln)
	}
	serve(lns)
	closeAll()
	return nil
}

// first closes the first of them by its index.
func first(name string) error {
	var files []*os.File
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	files = append(files, f)
	return files[0].Close()
}

func helped(addrs []string) error {
	var lns []net.Listener
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr)
		if err != nil {
			closeThem(lns)
			return err
		}
		lns = append(lns, ln)
	}
	closeThem(lns)
	return nil
}

func closeThem(lns []net.Listener) {
	for _, ln := range lns {
		ln.Close()
	}
}

// takenOver hands the file over for good: it is never closed here.
func takenOver(name string, take func(*os.File) error) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	return take(f)
}

func byExpression(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer (*os.File).Close(f)
	_, err = io.Copy(io.Discard, f)
	return err
}

// both closes what a list names, in a deferred literal.
func both(first, second string, use func() error) error {
	a, err := os.Open(first)
	if err != nil {
		return err
	}
	files := []*os.File{a}
	defer func() {
		for _, f := range files {
			f.Close()
		}
	}()
	b, err := os.Open(second)
	if err != nil {
		return err
	}
	others := []*os.File{b}
	defer func(files []*os.File) {
		for _, f := range files {
			f.Close()
		}
	}(others)
	return use()
}

type listens struct{ ln net.Listener }

func (l *listens) Close() error { return l.ln.Close() }

func newListens(addr string, opts ...func(*listens) error) (*listens, error) {
	ln, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	l := &listens{ln: ln}
	for _, opt := range opts {
		if err := opt(l); err != nil {
			l.Close()
			return nil, err
		}
	}
	return l, nil
}
