package apitest

import (
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// timer checks what a row says of a function and time.
func (c *checker) timer(sig *types.Signature, t *leakapi.Timer) {
	switch t.Kind {
	case leakapi.Once, leakapi.Ticking:
		c.channel(c.result(sig, 0))
	case leakapi.Later:
		if f := c.arg(sig, t.Arg); f != nil && !isFunc(f) {
			c.fail("argument %d is %s, not a function", t.Arg, f)
		}
		c.result(sig, 0)
	case leakapi.Until:
		c.channel(c.arg(sig, t.Arg))
		pkg, err := c.lookup(leakapi.PackageOf(t.Stop))
		if err != nil {
			c.fail("%v", err)
		} else if find(pkg, t.Stop) == nil {
			c.fail("no function is called %s", t.Stop)
		}
	}
}

func (c *checker) channel(t types.Type) {
	if t == nil {
		return
	}
	if _, ok := t.Underlying().(*types.Chan); !ok {
		c.fail("%s is no channel", t)
	}
}
