package p

import "errors"

func know(bool)      {}
func unknown(...any) {}
func change(*node)   {}
func call(func())    {}
func get() error     { return nil }
func flag() bool     { return false }
func count() int     { return 0 }

type node struct {
	next *node
	n    int
	ok   bool
	list []int
}

func nils(err error, p, q *node) {
	know(err == nil) // know: maybe
	if err != nil {
		know(err == nil) // know: false
		know(nil != err) // know: true
		return
	}
	know(err != nil) // know: false
	p = new(node)
	know(p == nil) // know: false
	if q == nil && err == nil {
		know(q != nil) // know: false
	}
}

func bools(a, b bool) {
	if a && !b {
		know(a)         // know: true
		know(b)         // know: false
		know(b == true) // know: false
		know(!a)        // know: false
	}
	if a || b {
		return
	}
	know(a) // know: false
}

func ints(n int) {
	if n > 3 {
		know(n > 3)  // know: true
		know(n >= 4) // know: true
		know(n > 4)  // know: maybe
		know(n < 4)  // know: false
		know(n == 3) // know: false
		know(3 < n)  // know: true
		return
	}
	know(n <= 3) // know: true
	if n < 2 {
		return
	}
	know(n == 1) // know: false
	if n != 2 {
		know(n == 3) // know: maybe
		know(n < 3)  // know: false
	}
}

func equalInt(n int) {
	if n == 7 {
		know(n > 6)  // know: true
		know(n == 7) // know: true
		know(n == 8) // know: false
	} else {
		know(n == 7) // know: false
	}
}

func strings(s string) {
	if s == "a" {
		know(s == "a") // know: true
		know(s == "b") // know: false
		know("a" != s) // know: false
		return
	}
	if s == "b" || s == "c" {
		return
	}
	know(s == "a") // know: false
	know(s == "c") // know: false
	know(s == "d") // know: maybe
}

func manyStrings(s string) {
	switch s {
	case "a", "b", "c", "d", "e", "f":
		return
	}
	know(s == "a") // know: false
	know(s == "g") // know: maybe
}

func fields(p, q *node) {
	if p.ok {
		know(p.ok)      // know: true
		know(q.ok)      // know: maybe
		know(p.next.ok) // know: maybe
		p.ok = flag()
		know(p.ok) // know: maybe
		p.ok = true
		know(p.ok) // know: true
	}
}

func deepFields(p *node) {
	if p.next.next.ok {
		know(p.next.next.ok) // know: true
		p.next = p
		know(p.next.next.ok) // know: maybe
	}
}

func locals() {
	var n node
	know(n.ok)          // know: false
	know(n.n == 0)      // know: true
	know(n.next == nil) // know: true
	n.n = 5
	know(n.n > 4) // know: true
	m := n
	n.n = 6
	know(m.n == 5) // know: true
	know(n.n == 6) // know: true
}

func escapes() {
	n := node{ok: true}
	know(n.ok) // know: true
	change(&n)
	know(n.ok) // know: maybe
	if n.ok {
		know(n.ok) // know: true
		unknown()
		know(n.ok) // know: maybe
	}
}

func cells() {
	err := errors.New("x")
	keep := func() { err = nil }
	err = get()
	if err != nil {
		know(err == nil) // know: false
		unknown(keep)
	}
}

func phis(a bool) {
	var err error
	if a {
		err = get()
	}
	if err != nil {
		know(a) // know: true
	}
}

func loops() {
	for {
		err := get()
		know(err == nil) // know: maybe
		if err != nil {
			know(err == nil) // know: false
			continue
		}
		know(err == nil) // know: true
	}
}

func loopPhi() {
	var last error
	for flag() {
		know(last == nil) // know: false true
		last = get()
		if last != nil {
			unknown()
		}
	}
}

func counter() {
	for i := 0; i < 3; i++ {
		know(i < 3) // know: true
	}
}

func correlated(a bool, n int) {
	x := n > 5
	if x == a {
		if a {
			know(n > 5) // know: maybe
		}
	}
}

func elements(p []bool, i int) {
	if p[0] {
		know(p[0]) // know: true
		know(p[1]) // know: maybe
	}
}

func asserted(x any) {
	if e, ok := x.(error); ok {
		know(ok) // know: true
		_ = e
	}
}

func linked(p *node, n int) {
	if p.n >= 200 {
		if p.n < 300 {
			unknown()
		}
	}
}

type pair struct {
	err error
	ok  bool
	in  struct{ ok bool }
}

func makePair() pair { return pair{} }
func change2(*pair)  {}

func structs(in pair, ch chan pair, p *pair) {
	know(in.ok) // know: maybe
	if in.ok {
		know(in.ok) // know: true
	}
	v := makePair()
	know(v.ok) // know: maybe
	if v.err != nil {
		know(v.err != nil) // know: true
	}
	var z pair
	know(z.ok) // know: false
	z = v
	if v.in.ok {
		know(z.in.ok) // know: true
	} else {
		know(z.in.ok) // know: false
	}
	c := *p
	know(c.ok) // know: maybe
	if c.ok {
		know(c.ok) // know: true
		p.ok = false
		know(c.ok) // know: true
	}
	z = pair{}
	know(z.ok) // know: false
	z = pair{ok: true}
	know(z.ok) // know: true
	y := z
	know(y.ok)         // know: true
	know(y.err == nil) // know: true
	change2(&z)
	know(z.ok) // know: maybe
	y = z
	know(y.ok)    // know: maybe
	know(y.in.ok) // know: maybe
	for w := range ch {
		know(w.ok) // know: maybe
		if w.ok {
			know(w.ok) // know: true
			w = pair{}
			know(w.ok) // know: false
		}
	}
}
