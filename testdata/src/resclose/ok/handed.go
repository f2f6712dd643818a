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
