package growth_test

import (
	"cmp"
	"go/types"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/growth"
)

// TestMakers says what makes containers, and without what.
func TestMakers(t *testing.T) {
	p := build(t, `
var both = newBag(0, 0) // newBag without a size or an expiry

var weak = newBag(0, 1) // newBag without a size, weak

var sizedBag = newBag(1, 0) // newBag bounded

var size = number()

func number() int { return 3 }

var unknownSize = newBag(size, 0) // newBag bounded

const none = 0

var constant = newBag(none, none) // newBag without a size or an expiry

var loose = newBox() // newBox unknown

var withNone, _ = newBagWith() // newBagWith without a size

var withName, _ = newBagWith(named("a")) // newBagWith without a size

var withSize, _ = newBagWith(named("a"), sized(3)) // newBagWith bounded

var options []bagOption

var withSome, _ = newBagWith(options...) // newBagWith bounded

var given bagOption

var withGiven, _ = newBagWith(given) // newBagWith bounded

var ofNone = newBagOf(bagOptions{}) // newBagOf without a size

var ofName = newBagOf(bagOptions{Name: "a"}) // newBagOf without a size

var ofZero = newBagOf(bagOptions{Max: 0}) // newBagOf without a size

var ofMax = newBagOf(bagOptions{Max: 3}) // newBagOf bounded

var ofDefaults = newBagOf(defaultOptions()) // newBagOf without a size

var byNil = newBagBy(nil) // newBagBy without a size

var byNone = newBagBy(&bagOptions{}) // newBagBy without a size

var byMax = newBagBy(&bagOptions{Max: 3}) // newBagBy bounded

var someOptions bagOptions

var bySome = newBagBy(&someOptions) // newBagBy bounded

var literal = lru{Max: 0} // literal without Max

var pointer = &lru{} // literal without Max

var literalMax = &lru{Max: 3} // literal bounded

var literalSize = &lru{Max: size} // literal bounded

type server struct {
	late *bag // newBagOf bounded
	sure *bag // newBagOf without a size
	part *bag // newBagWith without a size
}

func newServer() (*server, error) {
	o := defaultOptions()
	o.Max = 3
	p := defaultOptions()
	p.Name = "p"
	part, err := newBagWith()
	if err != nil {
		return nil, err
	}
	return &server{late: newBagOf(o), sure: newBagOf(p), part: part}, nil
}

var nothing *bag //

func fills(s *server, l *lru, n *bag) {
	std(s)
	std(l)
	std(n)
}
`)
	want := p.Expected()
	for _, c := range p.Containers(p.vars()) {
		line := p.Line(c.Var.Pos())
		text, ok := want[line]
		if !ok {
			continue
		}
		delete(want, line)
		var says []string
		for _, m := range p.Makers(c) {
			says = append(says, made(m))
		}
		if got := strings.Join(says, "; "); got != text {
			t.Errorf("%s: got %q", p.Lines[line-1], got)
		}
	}
	for line := range want {
		t.Errorf("nothing is found at %s", p.Lines[line-1])
	}
	n := 0
	for _, fn := range p.fake.functions() {
		for _, m := range p.Boundless(fn) {
			if n++; m.Boundless == nil || m.Call == nil {
				t.Errorf("%v in %s", m, fn)
			}
		}
	}
	if n != 13 {
		t.Errorf("%d calls make boundless containers", n)
	}
}

func made(m *growth.Maker) string {
	by := "literal"
	if m.Call != nil {
		by = cmp.Or(name(m.Call.Common()), "?")
	}
	switch {
	case m.Boundless == nil && by == "newBox":
		return by + " unknown"
	case m.Boundless == nil:
		return by + " bounded"
	case m.Boundless.Weak:
		return by + " without " + m.Boundless.Says + ", weak"
	}
	return by + " without " + m.Boundless.Says
}

func TestIsContainer(t *testing.T) {
	p := build(t, `
var (
	vMap map[string]int
	vSlice []string
	vBag bag
	vBagPointer *bag
	vLRU lru
	vArray [3]int
	vMapPointer *map[string]int
	vString string
	vChan chan int
	vNamed counts
	vAny any
)

type counts map[string]int
`)
	for name, want := range map[string]string{
		"vMap": "map true", "vSlice": "slice true", "vBag": "bag true", "vBagPointer": "bag true", "vLRU": "cache true",
		"vArray": " false", "vMapPointer": " false", "vString": " false", "vChan": " false", "vNamed": "map true", "vAny": " false",
	} {
		if got := noun(p.SSA.SSA.Pkg.Scope().Lookup(name).(*types.Var).Type(), p); got != want {
			t.Errorf("%s: got %s", name, got)
		}
	}
}
