package a

import (
	"context"
	"io"
	"os"
)

//leakvet:owns body // want `^leakvet:owns names body, which is no parameter of renamed$`
func renamed(r io.ReadCloser) {}

// Far speaks of nothing.
//
//leakvet:borrows r // want `^leakvet:borrows stands beside no declaration of a function, field, variable or type$`

func far(r io.Reader) {
	//leakvet:borrows r // want `^leakvet:borrows stands beside no declaration of a function, field, variable or type$`
	_, _ = r.Read(nil)

	var n = 1 //leakvet:bounded // want `^leakvet:bounded stands beside no declaration of a function, field, variable or type$`
	_ = n
}

const limit = 10 //leakvet:bounded // want `^leakvet:bounded means nothing on a constant$`

//leakvet:owns // want `^leakvet:owns means nothing on a variable$`
var file *os.File

type alias = os.File //leakvet:bounded // want `^leakvet:bounded means nothing on an alias of a type$`

type name string //leakvet:unbounded // want `^leakvet:unbounded means nothing on a type$`

type holder struct {
	f *os.File //leakvet:owns f // want `^leakvet:owns takes no arguments: explain it behind //$`
	g func()   //leakvet:blocks // want `^leakvet:blocks means nothing on a field$`
	h string   //leakvet:bouned // want `^unknown directive leakvet:bouned \(did you mean leakvet:bounded\?\)$`
}

type decoder interface {
	//leakvet:borrows // want `^leakvet:borrows names no parameter$`
	Decode(r io.Reader) error

	Close() error //leakvet:owns decoder // want `^leakvet:owns names decoder, which is no parameter of Close$`

	// leakvet:borrows r // want `^leakvet:borrows does nothing with a blank behind the slashes$`
	Read(r io.Reader) error
}

//leakvet:blocks netwrk // want `^leakvet:blocks knows no netwrk \(did you mean network\?\)$`
func wait(ctx context.Context) error { return nil }

//leakvet:blocks on a lock // want `^leakvet:blocks knows no on a lock, only database, message, network, process, resolver, sleep, wait$`
func lock() {}

//leakvet:owns s // want `^leakvet:owns s: a value of type string holds nothing$`
func basic(s string) {}

//leakvet:owns result // want `^leakvet:owns result: nothing of type \*a.holder is known to be released$`
func made() *holder { return nil }

//leakvet:bounded // want `^leakvet:bounded means nothing on end, which returns no value$`
func end() error { return nil }

//leakvet:shrinks // want `^leakvet:shrinks names no parameter$`
func prune(m map[string]int) {}

//leakvet:owns a, b // want `^leakvet:owns takes names with commas and without blanks: explain it behind //$`
func two(a, b io.Closer) {}

//leakvet:owns r
//leakvet:borrows r // want `^leakvet:borrows r contradicts leakvet:owns$`
//leakvet:owns r // want `^leakvet:owns names r twice$`
func both(r io.ReadCloser) {}

//leakvet:bounded
//leakvet:unbounded // want `^leakvet:unbounded contradicts leakvet:bounded$`
var wordList = map[string]bool{}
