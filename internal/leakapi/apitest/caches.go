package apitest

import (
	"go/types"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// caching checks what a row says of caches and of what runs only once.
func (c *checker) caching(sig *types.Signature, row *leakapi.Caching) {
	if w := row.Write; w != nil {
		c.arg(sig, w.Value)
		if w.Key >= 0 {
			c.arg(sig, w.Key)
		}
		if w.Of >= 0 {
			c.arg(sig, w.Of)
		}
		if w.TTL >= 0 {
			if t := c.arg(sig, w.TTL); t != nil && !isBasic(t, types.IsInteger) && !leakapi.IsMoment(t) {
				c.fail("argument %d is %s, which says no time", w.TTL, t)
			}
		}
	}
	if r := row.Read; r != nil {
		c.arg(sig, r.Of)
		c.arg(sig, r.Key)
		if sig.Results().Len() == 0 {
			c.fail("a lookup has results")
		}
	}
	for _, i := range row.Evicts {
		c.arg(sig, i)
	}
	for _, i := range row.Loaders {
		if t := c.arg(sig, i); t != nil && !isFunc(t) && !types.IsInterface(t) {
			c.fail("argument %d is %s, no loader", i, t)
		}
	}
	for _, i := range row.Once {
		if t := c.arg(sig, i); t != nil && !isFunc(t) {
			c.fail("argument %d is %s, not a function", i, t)
		}
	}
}
