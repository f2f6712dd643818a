package a

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"os"
	"strings"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// What is made of one error says nothing of another.

func joinsOthers(name string) (err error) {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), os.Remove(name)); err != nil {
		return err
	}
	return f.Close()
}

func anyStatus(name string, c codes.Code) (_ *os.File, err error) {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if c > 1 {
		return nil, status.Error(c-2, "it may be OK")
	}
	return f, nil
}

func anyFailed(errs ...error) bool {
	for _, err := range errs {
		if err != nil {
			return true
		}
	}
	return false
}

func asksForOthers(name string) {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return
	}
	if anyFailed(err, f.Sync()) {
		return
	}
	f.Close()
}

func asksTooEarly(ctx context.Context, name string) (_ *os.File, err error) {
	f, err := os.Open(name) // want `^file from os\.Open is not closed when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	cause := context.Cause(ctx)
	log.Print(cause)
	return nil, cause
}

// Two questions have two answers.

func packed(name string) bool { return strings.HasSuffix(name, ".gz") }

func asksOfOthers(name, other string) (err error) {
	var f *os.File
	if packed(name) {
		if f, err = os.Open(name); err != nil { // want `^file from os\.Open is not closed when the function returns at line \d+$`
			return err
		}
	}
	if packed(other) {
		return f.Close()
	}
	return nil
}

var count int

func counts() bool { count++; return count > 1 }

func asksWhatChanges(name string) (err error) {
	var f *os.File
	if counts() {
		if f, err = os.Open(name); err != nil { // want `^file from os\.Open is not closed when the function returns at line \d+$`
			return err
		}
	}
	if counts() {
		return f.Close()
	}
	return nil
}

func leavesStdin(name string) (err error) {
	f := os.Stdin
	if name != "-" {
		if f, err = os.Open(name); err != nil { // want `^file from os\.Open is never closed: the function returns at line \d+$`
			return err
		}
	}
	if f == os.Stdin {
		defer f.Close()
	}
	_, err = io.Copy(io.Discard, f)
	return err
}

// A field of its own has to end by itself.

type both struct {
	raw, spare net.Conn
	tls        *tls.Conn
}

func dialBoth(addr string) (*both, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	spare, err := net.Dial("tcp", addr)
	if err != nil {
		c.Close()
		return nil, err
	}
	return &both{raw: c, spare: spare, tls: tls.Client(c, nil)}, nil
}

func (b *both) Addrs() []net.Addr { return []net.Addr{b.raw.RemoteAddr(), b.spare.RemoteAddr()} }
func (b *both) Close() error      { return b.tls.Close() } // want `^Close does not have field spare closed, which holds the connection from net\.Dial at line \d+$`
