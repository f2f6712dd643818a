// Package lib says by directives what its code does not show, or hides.
package lib

import (
	"io"
	"net/http"
)

// Codec is implemented by whoever uses the package.
type Codec interface {
	// Decode reads a body and gives it back.
	//
	//leakvet:borrows body
	Decode(body io.Reader) error

	// Guess may do anything.
	Guess(body io.Reader) error

	Adopt(body io.ReadCloser) //leakvet:owns body // until it is closed

	// Last returns what it keeps.
	//
	//leakvet:borrows resp
	Last(u string) (resp *http.Response, err error)

	// Next returns what it makes.
	Next(u string) (resp *http.Response, err error)
}

var hooks []func(*http.Response)

// Inspect hides behind hooks that it only looks.
//
//leakvet:borrows resp
func Inspect(resp *http.Response) {
	for _, hook := range hooks {
		hook(resp)
	}
}

// Trace does, too, and does not say so.
func Trace(resp *http.Response) {
	for _, hook := range hooks {
		hook(resp)
	}
}

// Recycle looks as if it only reads.
//
//leakvet:owns resp
func Recycle(resp *http.Response) { io.Copy(io.Discard, resp.Body) }

// Read reads.
func Read(resp *http.Response) { io.Copy(io.Discard, resp.Body) }

// Cached keeps for itself what it returns.
//
//leakvet:borrows result
func Cached(u string) (*http.Response, error) { return http.Get(u) }

// Stream has a type of which the tables say nothing, and hides where it comes from.
//
//leakvet:owns rc
func Stream(c Codec, u string) (rc io.ReadCloser, size int64, err error) {
	return openers[0](u)
}

var openers []func(string) (io.ReadCloser, int64, error)

// Session keeps bodies.
type Session struct {
	Body  io.ReadCloser //leakvet:owns
	Plain io.ReadCloser
}

// Pair is of two: the first stays with the caller.
//
//leakvet:owns b
//leakvet:borrows a
func Pair(a, b *http.Response) {}

// Without facts, directives say the same.

func leaks(c Codec, u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return err
	}
	Inspect(resp)
	return c.Decode(resp.Body)
}

func adopted(c Codec, u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	c.Adopt(resp.Body)
	return nil
}

func recycled(u string) error {
	resp, err := http.Get(u)
	if err != nil {
		return err
	}
	Recycle(resp)
	return nil
}

func cached(u string) error {
	_, err := Cached(u)
	return err
}

func stored(u string) (int, error) {
	resp, err := http.Get(u)
	if err != nil {
		return 0, err
	}
	s := Session{Body: resp.Body}
	return s.Body.Read(nil)
}

func storedPlainly(u string) (int, error) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed`
	if err != nil {
		return 0, err
	}
	s := Session{Plain: resp.Body}
	return s.Plain.Read(nil)
}
