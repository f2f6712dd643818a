// Package catalog knows a fixed list of things.
package catalog

import (
	"errors"
	"slices"
)

type Spec struct{ Name string }

type Catalog struct{ specs []Spec }

func New(specs ...Spec) *Catalog { return &Catalog{specs} }

func (c *Catalog) Find(name string) (Spec, bool) {
	i := c.Index(name)
	if i < 0 {
		return Spec{}, false
	}
	return c.specs[i], true
}

func (c *Catalog) Lookup(name string) (*Spec, error) {
	if i := c.Index(name); i >= 0 {
		return &c.specs[i], nil
	}
	return nil, errors.New("unknown")
}

func (c *Catalog) Get(name string) *Spec {
	s, _ := c.Lookup(name)
	return s
}

func (c *Catalog) Index(name string) int {
	return slices.IndexFunc(c.specs, func(s Spec) bool { return s.Name == name })
}

func (c *Catalog) Parse(name string) (string, error) {
	if name == "" {
		return "", errors.New("empty")
	}
	return name, nil
}
