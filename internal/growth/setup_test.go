package growth_test

import (
	"testing"

	"github.com/leakvet/leakvet/internal/growth"
)

// TestSetup tells what runs while something is set up from what runs on.
func TestSetup(t *testing.T) {
	checkContainers(t, `
var inInit = map[string]int{} // finite

func init() { inInit[text("a")] = 1 }

var inMain = map[string]int{} // finite

func main() {
	inMain[text("a")] = 1
	helper(text("b"))
	viaLiteral(text("c"))
}

var inHelper = map[string]int{} // finite

func helper(s string) { inHelper[s] = 1 }

var spawned = map[string]int{} // work called

func work(s string) { spawned[s] = 1 }

func newWork(s string) { go work(s) }

var both = map[string]int{} // also called

func also(s string) { both[s] = 1 }

func newAlso(s string) { also(s) }

func run(s string) { also(s) }

var uncalled = map[string]int{} // nobody called

func nobody(s string) { uncalled[s] = 1 }

var onlyEachOther = map[string]int{} // finite

func recA(s string) {
	onlyEachOther[s] = 1
	recB(s)
}

func recB(s string) { recA(s) }

var registered = map[string]int{} // finite

func RegisterName(s string) { registered[s] = 1 }

var mustRegistered = map[string]int{} // finite

func MustRegister(s string) { mustRegistered[s] = 1 }

var registeringNot = map[string]int{} // Registry called

func Registry(s string) { registeringNot[s] = 1 }

type server struct {
	opened map[string]int // finite
	inits  map[string]int // finite
	method map[string]int // main called
}

func (s *server) OpenAll(k string) { s.opened[k] = 1 }

func (s *server) init(k string) { s.inits[k] = 1 }

func (s *server) main(k string) { s.method[k] = 1 }

var inOnce = map[string]int{} // finite

func ask(s string) {
	once(func() { inOnce[s] = 1 })
}

var inLater = map[string]int{} // askLater called

func askLater() {
	later(func() { inLater[text("a")] = 1 })
}

var inLaterFixed = map[string]int{} // askFixed once

func askFixed(s string) {
	later(func() { inLaterFixed[s] = 1 })
}

var inNow = map[string]int{} // finite

func viaLiteral(s string) {
	now(func() {
		now(func() { inNow[s] = 1 })
	})
}

var inVariable = map[string]int{} // literal called

var handler = func(s string) { literal(s) }

func literal(s string) { inVariable[s] = 1 }
`)
}

// TestFresh: what is put into something new is what it starts with.
func TestFresh(t *testing.T) {
	checkContainers(t, `
type item struct {
	m map[string]int // finite
}

func make1(k string) *item {
	it := &item{m: map[string]int{}}
	it.m[k] = 1
	return it
}

func make2(k string) item {
	var it item
	it.m = map[string]int{}
	it.m[k] = 1
	return it
}

func make3(k string) {
	it := make1(k)
	it.m[k] = 1
}

func make4(k string, c bool) {
	var it *item
	if c {
		it = &item{}
	} else {
		it = make1(k)
	}
	for range 3 {
		it.m[k] = 1
	}
}

func make5(k string) {
	it := &item{}
	later(func() { std(it) })
	it.m[k] = 1
}

type outer struct {
	in  inner
	ptr *inner
}

type inner struct {
	m map[string]int // fill2 called
}

func fill(k string) {
	o := &outer{}
	o.in.m[k] = 1
}

func fill2(o *outer, k string) { o.in.m[k] = 1 }

type loop struct {
	next *loop
	m    map[string]int // walk called
}

func walk(l *loop, k string) {
	for n := l; n != nil; n = n.next {
		n.m[k] = 1
	}
}

type shared struct {
	m map[string]int // other called
}

func get(s *shared) *shared { return s }

func other(s *shared, k string) {
	p := get(s)
	p.m[k] = 1
}
`)
}

func TestSetsUp(t *testing.T) {
	for name, want := range map[string]bool{
		"New": true, "NewServer": true, "newServer": true, "init": true, "initialize": true, "Register": true, "registerAll": true,
		"MustRegister": true, "mustNew": true, "Must": false, "SetUp": false, "setup": true, "Newt": false, "renew": false,
		"Open": true, "Opener": false, "get": false, "": false, "_": false, "DefineFlag": true,
	} {
		if got := growth.SetsUp(name); got != want {
			t.Errorf("SetsUp(%q) = %t", name, got)
		}
	}
}
