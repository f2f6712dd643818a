package audit

import (
	"bufio"
	"errors"
	"io"
	"net"
	"os"
)

// Nothing in the package calls these, and who does cannot know.

func Answer(c net.Conn) {
	if _, err := c.Read(make([]byte, 1)); err != nil {
		return // want `^connection c is not closed when Answer returns at line \d+, as it is elsewhere$`
	}
	c.Close()
}

func Drain(f *os.File) (int64, error) {
	n, err := io.Copy(io.Discard, f)
	if err != nil {
		return 0, err // want `^file f is not closed when Drain returns at line \d+, as it is elsewhere$`
	}
	return n, f.Close()
}

// Told apart by the error, or by a bool.

func CloseOnError(c net.Conn) error {
	if _, err := c.Write(nil); err != nil {
		c.Close()
		return err
	}
	return nil
}

func Alive(c net.Conn) bool {
	if _, err := c.Write(nil); err != nil {
		c.Close()
		return false
	}
	_, err := c.Read(make([]byte, 1))
	return err == nil
}

// What the caller says decides.

func CloseIf(c net.Conn, ours bool) {
	if ours {
		c.Close()
	}
}

func CloseAfter(f *os.File, read func(io.Reader) error) error {
	if read == nil {
		return errors.New("nothing to read with")
	}
	defer f.Close()
	return read(f)
}

type closing struct{ done bool }

// CloseLast goes by what happened before.
func (c *closing) CloseLast(f *os.File) {
	if !c.done {
		return
	}
	f.Close()
}

// What a method ends that ends its receiver, it must end also where something else fails.

type ledger struct {
	file *os.File
	buf  *bufio.Writer
}

func (j *ledger) Close() error {
	if j.file == nil {
		return nil
	}
	if err := j.buf.Flush(); err != nil {
		return err // want `^file j\.file is not closed when Close returns at line \d+, as it is elsewhere$`
	}
	if err := j.file.Close(); err != nil {
		return err
	}
	j.file = nil
	return nil
}

type ledgerDone struct {
	file   *os.File
	buf    *bufio.Writer
	closed bool
}

func (j *ledgerDone) Close() error {
	if j.closed {
		return os.ErrClosed
	}
	if err := j.buf.Flush(); err != nil {
		j.file.Close()
		return err
	}
	return j.file.Close()
}

type ledgerJoined struct {
	file *os.File
	buf  *bufio.Writer
}

func (j *ledgerJoined) Close() error {
	err := j.buf.Flush()
	if err2 := j.file.Close(); err == nil {
		err = err2
	}
	return err
}
