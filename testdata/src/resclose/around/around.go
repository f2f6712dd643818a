// Package around puts resources into structs, of its own and from pools.
package around

import (
	"bufio"
	"io"
	"os"
	"sync"
)

// A struct around the resource, that functions get and that comes from a pool.

type counted struct {
	r io.Reader
	n int
}

func (c *counted) Read(p []byte) (int, error) { c.n++; return c.r.Read(p) }

func (c *counted) close() { c.r.(io.Closer).Close() }

func restart(c *counted) { c.n = 0 }

func shuts(c *counted) { c.r.(io.Closer).Close() }

var counters sync.Pool

func wrapped(name string) (int, error) {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	c := &counted{r: f}
	restart(c)
	_, err = io.ReadAll(c)
	return c.n, err
}

func wrappedShut(name string) (int, error) {
	f, err := os.Open(name)
	if err != nil {
		return 0, err
	}
	c := &counted{r: f}
	defer shuts(c)
	restart(c)
	_, err = io.ReadAll(c)
	return c.n, err
}

func count(r io.Reader) error {
	c := counters.Get().(*counted)
	c.r = r
	_, err := io.ReadAll(c)
	c.r = nil
	counters.Put(c)
	return err
}

func countFile(name string) error {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	return count(f)
}

func countFileClosed(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return count(f)
}

func get(r io.Reader) *counted {
	if v := counters.Get(); v != nil {
		c := v.(*counted)
		c.r = r
		return c
	}
	return &counted{r: r}
}

func put(c *counted) {
	c.r = nil
	counters.Put(c)
}

func countByHelpers(name string) error {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return err
	}
	c := get(f)
	defer put(c)
	_, err = io.ReadAll(c)
	return err
}

// putShut closes what the struct holds.
func putShut(c *counted) {
	c.close()
	c.r = nil
	counters.Put(c)
}

func countShut(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	c := get(f)
	defer putShut(c)
	_, err = io.ReadAll(c)
	return err
}

// kept goes back to the pool with the file, for who takes it next.
func kept(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	c := counters.Get().(*counted)
	c.r = f
	counters.Put(c)
	return nil
}

// reused closes what the last user left in it.
func reused(name string) error {
	c := counters.Get().(*counted)
	if c.r != nil {
		c.close()
	}
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	c.r = f
	_, err = io.ReadAll(c)
	c.close()
	counters.Put(c)
	return err
}

var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

func firstLine(name string) (string, error) {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return "", err
	}
	r := readers.Get().(*bufio.Reader)
	r.Reset(f)
	defer readers.Put(r)
	return r.ReadString('\n')
}

type registry struct{ all []*counted }

var open registry

func register(c *counted) { open.all = append(open.all, c) }

func registered(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	c := &counted{r: f}
	register(c)
	return nil
}

func startsReading(c *counted) {
	go func() {
		defer shuts(c)
		io.ReadAll(c)
	}()
}

func handedToGoroutine(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	startsReading(&counted{r: f})
	return nil
}
