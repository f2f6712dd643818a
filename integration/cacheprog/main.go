// Command cacheprog is a shared build cache, as GOCACHEPROG names one: a
// directory that several machines use. What it hands out lies in a directory of
// the machine.
//
// Usage: GOCACHEPROG="cacheprog SHARED LOCAL LOG". For each object that the go
// command asks for or stores, it appends a line to the file LOG: hit, miss or put.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// request and response are messages of the protocol that cmd/go/internal/cacheprog
// describes.
type request struct {
	ID       int64
	Command  string
	ActionID []byte
	OutputID []byte
	BodySize int64
}

type response struct {
	ID            int64
	Err           string   `json:",omitempty"`
	KnownCommands []string `json:",omitempty"`
	Miss          bool     `json:",omitempty"`
	OutputID      []byte   `json:",omitempty"`
	Size          int64    `json:",omitempty"`
	DiskPath      string   `json:",omitempty"`
}

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: cacheprog SHARED LOCAL LOG")
		os.Exit(2)
	}
	log, err := os.OpenFile(os.Args[3], os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err == nil {
		// The go command does not wait until its cache has ended.
		err = (&cache{os.Args[1], os.Args[2], log}).serve(os.Stdin, os.Stdout)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "cacheprog:", err)
		os.Exit(1)
	}
}

type cache struct {
	shared, local string
	log           io.Writer
}

// entry is the file of an action: which output it has.
type entry struct{ OutputID []byte }

func (c *cache) serve(r io.Reader, w io.Writer) error {
	in := json.NewDecoder(r)
	out := json.NewEncoder(w)
	if err := out.Encode(response{KnownCommands: []string{"get", "put", "close"}}); err != nil {
		return err
	}
	for {
		var req request
		err := in.Decode(&req)
		if err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
		res := response{ID: req.ID}
		switch req.Command {
		case "close":
			return out.Encode(res)
		case "get":
			err = c.get(req, &res)
		case "put":
			err = c.put(req, in, &res)
		default:
			err = fmt.Errorf("unknown command %q", req.Command)
		}
		if err != nil {
			res.Err = err.Error()
		}
		if err := out.Encode(res); err != nil {
			return err
		}
	}
}

func (c *cache) get(req request, res *response) error {
	data, err := os.ReadFile(c.action(req.ActionID))
	if errors.Is(err, fs.ErrNotExist) {
		res.Miss = true
		return c.tell("miss")
	} else if err != nil {
		return err
	}
	var e entry
	if err := json.Unmarshal(data, &e); err != nil {
		return err
	}
	body, err := os.ReadFile(object(c.shared, e.OutputID))
	if err != nil {
		return err
	}
	res.OutputID, res.Size, res.DiskPath = e.OutputID, int64(len(body)), object(c.local, e.OutputID)
	return errors.Join(
		write(res.DiskPath, body),
		c.tell("hit"),
	)
}

func (c *cache) put(req request, in *json.Decoder, res *response) error {
	var body []byte
	if req.BodySize > 0 {
		if err := in.Decode(&body); err != nil {
			return err
		}
	}
	data, err := json.Marshal(entry{req.OutputID})
	if err != nil {
		return err
	}
	res.DiskPath = object(c.local, req.OutputID)
	return errors.Join(
		write(res.DiskPath, body),
		write(object(c.shared, req.OutputID), body),
		write(c.action(req.ActionID), data),
		c.tell("put"),
	)
}

// write writes a file at once, unless it is there: others may be reading it.
func write(name string, data []byte) error {
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	f, err := os.CreateTemp(filepath.Dir(name), "tmp-*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return errors.Join(err, f.Chmod(0o777), f.Close(), os.Rename(f.Name(), name)) // it may be a program
}

func (c *cache) action(id []byte) string { return filepath.Join(c.shared, fmt.Sprintf("%x-a", id)) }

func object(dir string, id []byte) string { return filepath.Join(dir, fmt.Sprintf("%x-o", id)) }

func (c *cache) tell(what string) error {
	_, err := fmt.Fprintln(c.log, what)
	return err
}
