package growth_test

import "testing"

// TestUses follows containers under their other names.
func TestUses(t *testing.T) {
	checkContainers(t, `
var plain = map[string]int{} // f1 request

func f1(r *request) { plain[r.Path] = 1 }

var counted = map[string]int{} // f2 request

func f2(r *request) { counted[r.Path]++ }

var aliased = map[string]int{} // f3 request

func f3(r *request) {
	m := aliased
	n := m
	n[r.Path] = 1
}

var one, other map[string]int // f4 request

func f4(r *request, c bool) {
	m := one
	if c {
		m = other
	}
	m[r.Path] = 1
}

var cell = map[string]int{} // f5 request

func f5(r *request) {
	m := cell
	func() { m[r.Path] = 1 }()
}

var celled = map[string]int{} // shared

func f6(r *request) {
	m := map[string]int{}
	now(func() { m = celled })
	m[r.Path] = 1
}

type keyed map[string]int

var converted = map[string]int{} // f7 request

func f7(r *request) { keyed(converted)[r.Path] = 1 }

var boxed = map[string]int{} // shared

func f8(r *request) {
	boxed[r.Path] = 1
	mystery(boxed)
}

var boxedStd = map[string]int{} // f9 request

func f9(r *request) {
	boxedStd[r.Path] = 1
	std(boxedStd)
}

var asserted = map[string]int{} // shared

func f10(r *request) {
	var v any = asserted
	v.(map[string]int)[r.Path] = 1
}

var compared = map[string]int{} // f11 request

func f11(r *request) {
	if compared != nil {
		compared[r.Path] = 1
	}
}

var ranged = map[string]int{} // f12 request

func f12(r *request) {
	for k, v := range ranged {
		text(k)
		_ = v
	}
	ranged[r.Path] = len(ranged)
}

var inItself = map[string]any{} // shared

func f13(r *request) { inItself[r.Path] = inItself }

var asKey = map[*request]map[string]int{} // f14 request

func f14(r *request) { asKey[r] = nil }

var sent = map[string]int{} // shared

func f15(r *request, ch chan map[string]int) {
	sent[r.Path] = 1
	ch <- sent
}

var put = map[string]int{} // shared

func f16(r *request, l []map[string]int) {
	put[r.Path] = 1
	l[0] = put
}

var given = map[string]int{} // shared

type holder struct {
	m map[string]int
}

func f17(r *request, h *holder) {
	given[r.Path] = 1
	h.m = given
}

var address = map[string]int{} // f18 request

func f18(r *request) {
	p := &address
	(*p)[r.Path] = 1
}

var addressKept = map[string]int{} // shared

var kept *map[string]int

func f19(r *request) {
	addressKept[r.Path] = 1
	kept = &addressKept
}

var selected = map[string]int{} // shared

func f20(r *request, ch chan map[string]int) {
	selected[r.Path] = 1
	select {
	case ch <- selected:
	default:
	}
}
`)
}

// TestFields follows what structs hold.
func TestFields(t *testing.T) {
	checkContainers(t, `
type server struct {
	m      map[string]int // get request
	part   struct {
		inner map[string]int // nested request
	}
	sub    sub
	ptr    *map[string]int
	list   []map[string]int
	gone   map[string]int // shrunk
	handed map[string]int // shared
}

type sub struct {
	deep map[string]int // deeper request
}

func (s *server) get(r *request) { s.m[r.Path] = 1 }

func (s *server) nested(r *request) { s.part.inner[r.Path] = 1 }

func (s *server) deeper(r *request) { s.sub.deep[r.Path] = 1 }

func (s *server) drop(r *request) {
	s.gone[r.Path] = 1
	c := *s
	delete(c.gone, r.Path)
}

func (s *server) hand(r *request) map[string]int {
	s.handed[r.Path] = 1
	mystery(s.handed)
	return nil
}

type box[K comparable, V any] struct {
	m map[K]V // put request
	d map[K]V // shrunk
}

func (b *box[K, V]) put(k K, v V) {
	b.m[k] = v
	b.d[k] = v
}

func (b *box[K, V]) drop(k K) { delete(b.d, k) }

func ofBox(b *box[string, int], r *request) { b.put(r.Path, 1) }

func returns() server { return server{} }

func field(r *request) { text(r.Form("x")); _ = returns().m }
`)
}

// TestSets looks at what takes a container's place.
func TestSets(t *testing.T) {
	checkContainers(t, `
var replaced = map[string]int{} // set

func f1(r *request) { replaced[r.Path] = 1; replaced = map[string]int{} }

var whenNil map[string]int // f2 request

func f2(r *request) {
	if whenNil == nil {
		whenNil = map[string]int{}
	}
	whenNil[r.Path] = 1
}

var nilFirst map[string]int // f3 request

func f3(r *request) {
	if nil != nilFirst {
	} else {
		nilFirst = map[string]int{}
	}
	nilFirst[r.Path] = 1
}

var whenFull = map[string]int{} // shrunk

func f4(r *request) {
	if len(whenFull) > 100 {
		whenFull = map[string]int{}
	}
	whenFull[r.Path] = 1
}

var whenThere = map[string]int{} // set

func f5(r *request) {
	if whenThere != nil {
		whenThere = map[string]int{}
	}
	whenThere[r.Path] = 1
}

var param map[string]int // set

func newParam(m map[string]int) { param = m }

func f6(r *request) { param[r.Path] = 1 }

var made map[string]int // f7 request

func newMade() { made = map[string]int{} }

func f7(r *request) { made[r.Path] = 1 }

var fromOther = table // set

var table = map[string]int{} // shared

func f8(r *request) { fromOther[r.Path] = 1 }

var chosen map[string]int // set

func newChosen(m map[string]int, c bool) {
	if c {
		m = map[string]int{}
	}
	chosen = m
}

func f9(r *request) { chosen[r.Path] = 1 }

type object struct {
	m map[string]int // add request
}

func newObject() *object {
	o := &object{m: map[string]int{}}
	return o
}

func anObject() *object {
	o := &object{}
	o.m = map[string]int{}
	return o
}

func (o *object) add(r *request) { o.m[r.Path] = 1 }

type thing struct {
	m map[string]int // set
}

func (o *thing) renew() { o.m = map[string]int{} }

func (o *thing) add(r *request) { o.m[r.Path] = 1 }
`)
}

// TestLists appends, and cuts.
func TestLists(t *testing.T) {
	checkContainers(t, `
var list []string // f1 request one more

func f1(r *request) { list = append(list, r.Path) }

var twice []string // f2 request one more

func f2(r *request) { twice = append(append(twice, r.Path), r.Path) }

var local []string // f3 request one more

func f3(r *request) {
	l := local
	l = append(l, r.Path)
	local = append(l, r.Path)
}

var read []string // finite

func f4(r *request) {
	l := append(read, r.Path)
	std(l)
}

var cut []string // shrunk

func f5(r *request) {
	cut = append(cut, r.Path)
	cut = cut[1:]
}

var cutThere []string // set

func f6(r *request) { cutThere = append(cutThere[:0], r.Path) }

var limited []string // shrunk

func f7(r *request) {
	if len(limited) < 10 {
		limited = append(limited, r.Path)
	}
}

var walked []string // f8 request one more

func f8(r *request) {
	for i := 0; i < len(walked); i++ {
		text(walked[i])
	}
	for i := range walked {
		text(walked[i])
	}
	walked = append(walked, r.Path)
}

var modulo []string // shrunk

func f9(r *request) { modulo = append(modulo, modulo[r.Size%len(modulo)]) }

var elements []string // finite

func f10(r *request) { elements[r.Size] = r.Path }

var elementAddress []string // f11 request one more

func f11(r *request) {
	p := &elementAddress[0]
	*p = r.Path
	elementAddress = append(elementAddress, r.Path)
}

var index []int // shared

func f12(r *request, m []*[]int) {
	index = append(index, 1)
	m[0] = &index
}

var rebuilt []string // set

func f13(r *request) {
	rebuilt = append(rebuilt, r.Path)
	var rest []string
	for _, s := range rebuilt {
		rest = append(rest, s)
	}
	rebuilt = rest
}

var spread []string // f14 request one more

func f14(r *request) { spread = append(spread, r.Keys...) }

var whole []string // shrunk

func f15(r *request) {
	whole = append(whole, r.Path)
	whole = nil
	whole = whole[:0]
}

type queue struct {
	items []string // push request one more
	done  []string // shrunk
}

func (q *queue) push(r *request) {
	q.items = append(q.items, r.Path)
	q.done = append(q.done, r.Path)
	q.done = q.done[1:]
}
`)
}

// TestTabled follows containers of the tables' types.
func TestTabled(t *testing.T) {
	checkContainers(t, `
var bags = newBox() // f1 request

func f1(r *request) {
	bags.put(r.Path, 1)
	bags.get(r.Path)
	bags.size()
}

var adding bag // f2 request one more

func f2(r *request) { adding.add(r.Path) }

var taken bag // shrunk

func f3(r *request) {
	taken.add(r.Path)
	taken.take(r.Path)
}

var mysterious bag // shared

func f4(r *request) {
	mysterious.add(r.Path)
	mystery(&mysterious)
}

var fieldSet lru // shared

func f5(r *request) {
	fieldSet.put(r.Path, 1)
	fieldSet.Max = 3
}

var looked bag // f6 request one more

func f6(r *request) int {
	looked.add(r.Path)
	return looked.inner.n
}

type wrapped struct {
	bag // Store request
}

func (w *wrapped) Store(r *request) { w.put(r.Path, 1) }

var pointer *bag // f8 request

func f8(r *request) {
	b := pointer
	b.put(r.Path, 1)
}

var spawned bag // f9 request

func f9(r *request) { go spawned.put(r.Path, 1) }

var deferred bag // shrunk

func f10(r *request) {
	deferred.put(r.Path, 1)
	defer deferred.take(r.Path)
}

var method bag // shared

func f11(r *request) {
	method.put(r.Path, 1)
	f := method.take
	f(r.Path)
}
`)
}
