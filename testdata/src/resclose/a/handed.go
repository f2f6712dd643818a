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

// offer drops the connection where nobody takes it in time.
func offer(ln net.Listener, conns chan<- net.Conn, stop <-chan struct{}) error {
	for {
		c, err := ln.Accept() // want `^connection from ln\.Accept is not closed when the function returns at line \d+$`
		if err != nil {
			return err
		}
		select {
		case conns <- c:
		case <-stop:
			return nil
		}
	}
}

// listenAll leaves the earlier ones open if a later one fails.
func listenAll(addrs []string) ([]net.Listener, error) {
	var lns []net.Listener
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr) // want `^listener from net\.Listen is not closed when the function returns at line \d+$`
		if err != nil {
			return nil, err
		}
		lns = append(lns, ln)
	}
	return lns, nil
}

// concat closes none.
func concat(w io.Writer, names []string) error {
	var files []io.Reader
	for _, name := range names {
		f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
		if err != nil {
			return err
		}
		files = append(files, f)
	}
	_, err := io.Copy(w, io.MultiReader(files...))
	return err
}

// lends closes the file where the function that it is lent to succeeds.
func lends(name string, write func(*os.File) error) error {
	f, err := os.Create(name) // want `^file from os\.Create is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		return err
	}
	return f.Close()
}

// rotates replaces the file, and closes the last one alone.
func rotates(names []string) error {
	var cur *os.File
	defer func() {
		if cur != nil {
			cur.Close()
		}
	}()
	for _, name := range names {
		f, err := os.Create(name) // want `^file from os\.Create is not closed before the loop at line \d+ makes the call again$`
		if err != nil {
			return err
		}
		cur = f
	}
	return nil
}

// forgotten means to close the earlier ones, but the return has put nil in their place.
func forgotten(addrs []string) (lns []net.Listener, err error) {
	defer func() {
		if err != nil {
			for _, ln := range lns {
				ln.Close()
			}
		}
	}()
	for _, addr := range addrs {
		ln, err := net.Listen("tcp", addr) // want `^listener from net\.Listen is not closed when the function returns at line \d+$`
		if err != nil {
			return nil, err
		}
		lns = append(lns, ln)
	}
	return lns, nil
}

type listening struct{ ln net.Listener }

func (l *listening) Close() error { return l.ln.Close() }

// newListening leaves the listener open where an option fails.
func newListening(addr string, opts ...func(*listening) error) (*listening, error) {
	ln, err := net.Listen("tcp", addr) // want `^listener from net\.Listen is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	l := &listening{ln: ln}
	for _, opt := range opts {
		if err := opt(l); err != nil {
			return nil, err
		}
	}
	return l, nil
}
