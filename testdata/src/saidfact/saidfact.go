// Package saidfact says by directives what importers are to know.
package saidfact

import (
	"context"
	"io"
	"os"
)

type Store interface {
	//leakvet:borrows r
	Put(r io.Reader) error // want Put:"said: borrow arg=1"

	//leakvet:blocks database
	//leakvet:bounded
	Get(ctx context.Context) (string, error) // want Get:"said: block on=database ctx=1; finite result=0"

	unseen(r io.Reader) //leakvet:owns r
}

//leakvet:owns f
//leakvet:borrows r
func Take(r io.Reader, f *os.File) {} // want Take:"said: borrow arg=0; keep arg=1"

// Of what directives do not speak, the code tells.
//
//leakvet:owns f
func Half(r io.Reader, f *os.File) { f.Name() } // want Half:"said: keep arg=1" Half:"^param 0: borrows$"

//leakvet:owns result
func Open() (*os.File, error) { return nil, nil } // want Open:"said: acquire result=0 class=file when=err==nil"

//leakvet:owns r
func hidden(r io.Reader) {}

type Table struct {
	//leakvet:owns
	//leakvet:bounded
	Files map[string]*os.File // want Files:"said: bounded; owns"

	names []string //leakvet:bounded
}

//leakvet:shrinks
func (t *Table) Prune() {} // want Prune:"said: shrink arg=0"

//leakvet:bounded
type Region string // want Region:"said: bounded"

var Owner string /* want Owner:"said: unbounded" */ //leakvet:unbounded

//leakvet:owns body
func Wrong(r io.Reader) {} // want Wrong:"param 0: borrows"
