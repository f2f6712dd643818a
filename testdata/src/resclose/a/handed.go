package a

import (
	"bufio"
	"errors"
	"io"
	"log"
	"net"
	"os"
)

func serve(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		go answer(c)
	}
}

// answer hangs up on those that say something, and on nobody else.
func answer(c net.Conn) {
	line, err := bufio.NewReader(c).ReadString('\n')
	if err != nil {
		log.Print(err)
		return // want `^connection from ln\.Accept at line 14 is not closed when answer returns at line \d+$`
	}
	io.WriteString(c, line)
	c.Close()
}

type proxy struct{ backend string }

func (p *proxy) serve(ln net.Listener) error {
	for {
		c, err := ln.Accept()
		if err != nil {
			return err
		}
		go func() {
			p.pass(c)
		}()
	}
}

func (p *proxy) pass(client net.Conn) {
	backend, err := net.Dial("tcp", p.backend)
	if err != nil {
		log.Print(err)
		return // want `^connection from ln\.Accept at line 37 is not closed when pass returns at line \d+$`
	}
	defer client.Close()
	defer backend.Close()
	io.Copy(backend, client)
}

// echo has the connection as an argument of the literal.
func echo(ln net.Listener) error {
	for {
		c, err := ln.Accept() // want `^connection from ln\.Accept is not closed when the goroutine returns at line \d+$`
		if err != nil {
			return err
		}
		go func(c net.Conn) {
			if _, err := io.Copy(c, c); err != nil {
				return
			}
			c.Close()
		}(c)
	}
}

// nested hands it on to a goroutine in a goroutine.
func nested(name string, lines <-chan string) error {
	f, err := os.Create(name) // want `^file from os\.Create is not closed when the goroutine returns at line \d+$`
	if err != nil {
		return err
	}
	go func() {
		first, ok := <-lines
		if !ok {
			return
		}
		go func() {
			io.WriteString(f, first)
			f.Close()
		}()
	}()
	return nil
}

func load(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return drain(f)
}

var errEmpty = errors.New("empty")

// drain closes what it reads, but not what it refuses to read.
func drain(f *os.File) ([]byte, error) {
	st, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	if st.Size() == 0 {
		return nil, errEmpty // want `^file from os\.Open at line 94 is not closed when drain returns at line \d+$`
	}
	defer f.Close()
	return io.ReadAll(f)
}

// perhaps leaves it to its caller, who has forgotten one case.
func perhaps(addr string, again bool) error {
	c, err := net.Dial("tcp", addr) // want `^connection from net\.Dial is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if greeted, err := welcome(c); err != nil || !greeted {
		return err
	}
	if again {
		return errEmpty
	}
	return c.Close()
}

// welcome closes the connection unless somebody has been greeted.
func welcome(c net.Conn) (bool, error) {
	if _, err := io.WriteString(c, "hello\n"); err != nil {
		c.Close()
		return false, err
	}
	if line, _ := bufio.NewReader(c).ReadString('\n'); line == "" {
		c.Close()
		return false, nil
	}
	return true, nil
}
