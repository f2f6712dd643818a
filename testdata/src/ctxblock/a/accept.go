package a

import (
	"io"
	"net"
	"time"
)

func sniff(ln net.Listener, out chan net.Conn) {
	var first [1]byte
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		if _, err := io.ReadFull(conn, first[:]); err != nil { // want `^nothing bounds the wait in io\.ReadFull: a peer that connects and says nothing stops the loop that accepts; set a read deadline, or read in a goroutine of its own$`
			conn.Close()
			continue
		}
		out <- conn
	}
}

func readsItself(ln net.Listener, out chan net.Conn) {
	var first [1]byte
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		if _, err := conn.Read(first[:]); err != nil { // want `^nothing bounds the wait in .*Read: a peer that connects and says nothing stops the loop that accepts`
			conn.Close()
			continue
		}
		out <- conn
	}
}

func byHelper(ln net.Listener, out chan net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		if err := readHeader(conn); err != nil { // want `^nothing bounds the wait in readHeader: a peer`
			conn.Close()
			continue
		}
		out <- conn
	}
}

func readHeader(r io.Reader) error {
	var header [16]byte
	_, err := io.ReadFull(r, header[:])
	return err
}

type proxied struct{ net.Listener }

func (p *proxied) Accept() (net.Conn, error) {
	conn, err := p.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if err := readHeader(conn); err != nil { // want `^nothing bounds the wait in readHeader: a peer that connects and says nothing stops whoever accepts`
		conn.Close()
		return nil, err
	}
	return conn, nil
}

func inTime(ln net.Listener, out chan net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		conn.SetReadDeadline(time.Now().Add(time.Second))
		if err := readHeader(conn); err != nil {
			conn.Close()
			continue
		}
		conn.SetReadDeadline(time.Time{})
		out <- conn
	}
}

func readInTime(conn net.Conn) error {
	conn.SetDeadline(time.Now().Add(time.Second))
	return readHeader(conn)
}

func byHelperInTime(ln net.Listener, out chan net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		if err := readInTime(conn); err != nil {
			conn.Close()
			continue
		}
		out <- conn
	}
}

// apart lets each peer wait for itself.
func apart(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			defer conn.Close()
			readHeader(conn)
		}()
	}
}

func apartNamed(ln net.Listener) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		go answer(conn)
	}
}

func answer(conn net.Conn) {
	defer conn.Close()
	readHeader(conn)
}

// one talks to the only peer that there is.
func one(ln net.Listener) error {
	conn, err := ln.Accept()
	if err != nil {
		return err
	}
	defer conn.Close()
	return readHeader(conn)
}

func watched(ln net.Listener, out chan net.Conn) {
	for {
		conn, err := ln.Accept()
		if err != nil {
			return
		}
		t := time.AfterFunc(time.Second, func() { conn.Close() })
		if err := readHeader(conn); err != nil {
			continue
		}
		t.Stop()
		out <- conn
	}
}
