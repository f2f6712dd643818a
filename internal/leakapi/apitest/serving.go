package apitest

import (
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// servers checks the rows on pools and servers of packages that in accepts, and returns
// how many there are.
func (c *checker) servers(in func(string) bool) (n int) {
	for _, key := range c.tables.PoolKeys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = "pool " + key
			c.pool(key, c.tables.PoolByKey(key))
		}
	}
	for _, key := range c.tables.ServerKeys() {
		if in(leakapi.PackageOf(key)) {
			n++
			c.at = "server " + key
			c.server(key, c.tables.ServerByKey(key))
		}
	}
	return n
}

// pool checks what a row says of pools of connections.
func (c *checker) pool(key string, p *leakapi.Pool) {
	t := c.named(key)
	if t == nil {
		return
	}
	for _, name := range []string{p.Idle, p.Off, p.All, p.Each, p.By} {
		if name != "" {
			c.field(t, []string{name})
		}
	}
	if leakapi.Method(types.NewPointer(t), nil, p.End) == nil {
		c.fail("%s has no method %s", t, p.End)
	}
}

// server checks what a row says of servers.
func (c *checker) server(key string, s *leakapi.Server) {
	t := c.named(key)
	if t == nil {
		return
	}
	for _, names := range [][]string{s.First, s.Idle, {s.Addr}} {
		for _, name := range names {
			c.field(t, []string{name})
		}
	}
	for _, name := range s.On {
		if leakapi.Method(types.NewPointer(t), nil, name) == nil {
			c.fail("%s has no method %s", t, name)
		}
	}
}

// serving checks what a row says of a function and connections.
func (c *checker) serving(sig *types.Signature, s *leakapi.Serving) {
	if s.Addr >= 0 {
		t := c.arg(sig, s.Addr)
		if list, ok := t.(*types.Slice); ok && sig.Variadic() {
			t = list.Elem()
		}
		if t != nil && !isBasic(t, types.IsString) {
			c.fail("argument %d is %s, no address", s.Addr, t)
		}
	}
	if s.Unless != "" {
		if recv := sig.Recv(); recv == nil {
			c.fail("there is no receiver with a field %s", s.Unless)
		} else {
			c.field(recv.Type(), []string{s.Unless})
		}
	}
	if s.Slurps {
		c.arg(sig, 0)
	}
	if s.On >= 0 {
		c.listener(c.arg(sig, s.On))
	}
	if s.Listens {
		c.listener(c.result(sig, 0))
		if t := c.arg(sig, s.Net); t != nil && !isBasic(t, types.IsString) {
			c.fail("argument %d is %s, no network", s.Net, t)
		}
	}
	switch {
	case s.Fresh && s.Over >= 0:
		for _, t := range []types.Type{c.arg(sig, s.Over), c.result(sig, 0)} {
			if t != nil && !leakapi.Requests(t) {
				c.fail("%s makes no requests", t)
			}
		}
	case s.Fresh && c.tables.Pool(c.result(sig, 0)) == nil:
		c.fail("the result is no pool")
	}
}

// listener checks that a type accepts connections.
func (c *checker) listener(t types.Type) {
	if t == nil {
		return
	}
	if m, _, _ := types.LookupFieldOrMethod(t, true, nil, "Accept"); m == nil {
		c.fail("%s is no listener", t)
	}
}
