package leakapi_test

import (
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
)

func TestSaid(t *testing.T) {
	said, err := leakapi.Builtin().Said("acquire result=0.Body class=body when=err==nil\nblock on=network ctx=1\nborrow arg=0\nfinite result=1\nkeep arg=2\nnotowned result=1\nshrink arg=0\nsource result=2 says=a-new-id")
	if err != nil {
		t.Fatal(err)
	}
	f := said.Func
	if len(f.Acquires) != 1 || f.Acquires[0].Class.Name != "body" || f.Block.On != "network" || f.Block.Ctx != 1 || len(f.Args) != 2 ||
		len(f.NotOwned) != 1 || len(f.Growth.Shrinks) != 1 || len(f.Values.Finite) != 1 || f.Values.Sources[0].Result != 2 || said.Owns || said.Few || said.Source != nil {
		t.Errorf("got %+v", f)
	}
	said, err = leakapi.Builtin().Said("bounded\nowns\nunbounded")
	if err != nil || said.Func != nil || !said.Owns || !said.Few || !said.Source.OfVar() {
		t.Errorf("got %+v, %v", said, err)
	}
	for _, bad := range []string{"class x rule=respbody noun=x release=Close done=closed", "package p effect=borrow", "keep", "borrow arg=x", "bounded now", "acquire result=0 class=nosuch"} {
		if _, err := leakapi.Builtin().Said(bad); err == nil {
			t.Errorf("%q is accepted", bad)
		}
	}
	if leakapi.Builtin().Class("x") != nil {
		t.Error("what a directive says has changed the tables")
	}
}

func FuzzSaid(f *testing.F) {
	for _, s := range []string{"keep arg=0", "borrow arg=*", "bounded\nowns", "acquire result=0.Body class=body when=err==nil", "block on=network ctx=1", "source result=0 says=x"} {
		f.Add(s)
	}
	tables := leakapi.Builtin()
	f.Fuzz(func(t *testing.T, rows string) {
		if said, err := tables.Said(rows); (said == nil) == (err == nil) {
			t.Errorf("%q: %v, %v", rows, said, err)
		}
	})
}
