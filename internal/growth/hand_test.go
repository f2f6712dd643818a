package growth_test

import "testing"

// TestHanded follows containers into the functions that they are handed to.
func TestHanded(t *testing.T) {
	checkContainers(t, `
func put(m map[string]int, k string) { m[k] = 1 }

func del(m map[string]int, k string) { delete(m, k) }

func see(m map[string]int, k string) int { return m[k] }

var handed = map[string]int{} // f1 request

func f1(r *request) { put(handed, r.Path) }

var deleted = map[string]int{} // shrunk

func f2(r *request) {
	put(deleted, r.Path)
	del(deleted, r.Path)
}

var seen = map[string]int{} // f3 request

func f3(r *request) {
	seen[r.Path] = 1
	see(seen, r.Path)
}

func putDeep(m map[string]int, k string, n int) {
	if n > 0 {
		putDeep(m, k, n-1)
		return
	}
	m[k] = 1
}

var deep = map[string]int{} // f4 request

func f4(r *request) { putDeep(deep, r.Path, 3) }

func ping(m map[string]int, k string, n int) {
	if n > 0 {
		pong(m, k, n-1)
	}
	m[k] = 1
}

func pong(m map[string]int, k string, n int) { ping(m, k, n) }

var mutual = map[string]int{} // f5 request

func f5(r *request) {
	ping(mutual, r.Path, 1)
	pong(mutual, r.Path, 1)
}

func c1(m map[string]int, k string) { c2(m, k) }
func c2(m map[string]int, k string) { c3(m, k) }
func c3(m map[string]int, k string) { c4(m, k) }
func c4(m map[string]int, k string) { m[k] = 1 }

var tooDeep = map[string]int{} // shared

func f6(r *request) { c1(tooDeep, r.Path) }

var enough = map[string]int{} // f7 request

func f7(r *request) { c2(enough, r.Path) }

func through(p *map[string]int, k string) { (*p)[k] = 1 }

var byAddress = map[string]int{} // f8 request

func f8(r *request) { through(&byAddress, r.Path) }

func renew(p *map[string]int) { *p = map[string]int{} }

var renewed = map[string]int{} // set

func f9(r *request) {
	renewed[r.Path] = 1
	renew(&renewed)
}

var std1 = map[string]int{} // f10 request

func f10(r *request) {
	std1[r.Path] = 1
	std(std1)
}

var std2 = map[string]int{} // shared

func f11(r *request) {
	std2[r.Path] = 1
	stdPlace(&std2)
}

var dynamic = map[string]int{} // shared

func f12(r *request, f func(map[string]int)) {
	dynamic[r.Path] = 1
	f(dynamic)
}

type pruner interface{ prune(map[string]int) }

var invoked = map[string]int{} // shared

func f13(r *request, p pruner) {
	invoked[r.Path] = 1
	p.prune(invoked)
}

var dumped = map[string]int{} // f14 request one more

func f14(r *request, m map[string]int) { dump(dumped, m) }

var dumpedFrom = map[string]int{} // shared

func f15(r *request, m map[string]int) {
	dumpedFrom[r.Path] = 1
	dump(m, dumpedFrom)
}

var prunedOne = map[string]int{} // shrunk

func f16(r *request) {
	prunedOne[r.Path] = 1
	prune(prunedOne)
}

var lookedAt = map[string]int{} // f17 request

func f17(r *request) {
	lookedAt[r.Path] = 1
	look(lookedAt)
}

var spawned = map[string]int{} // shrunk

func f18(r *request) {
	spawned[r.Path] = 1
	go del(spawned, r.Path)
}

var deferred = map[string]int{} // shrunk

func f19(r *request) {
	deferred[r.Path] = 1
	defer delete(deferred, r.Path)
}

func generic[M ~map[K]V, K comparable, V any](m M, k K, v V) { m[k] = v }

var viaGeneric = map[string]int{} // f20 request

func f20(r *request) { generic(viaGeneric, r.Path, 1) }

func remove[M ~map[K]V, K comparable, V any](m M, k K) { delete(m, k) }

var viaRemove = map[string]int{} // shrunk

func f21(r *request) {
	viaRemove[r.Path] = 1
	remove(viaRemove, r.Path)
}

type set map[string]int

func (s set) add(k string) { s[k] = 1 }

func (s set) drop(k string) { delete(s, k) }

var added = set{} // f22 request

func f22(r *request) { added.add(r.Path) }

var droppedToo = set{} // shrunk

func f23(r *request) {
	droppedToo.add(r.Path)
	droppedToo.drop(r.Path)
}
`)
}

// TestReturned follows containers to who is given them.
func TestReturned(t *testing.T) {
	checkContainers(t, `
var returned = map[string]int{} // f1 request

func get() map[string]int { return returned }

func f1(r *request) { get()[r.Path] = 1 }

var exported = map[string]int{} // shared

func Get() map[string]int { return exported }

func f2(r *request) { exported[r.Path] = 1 }

var second = map[string]int{} // shrunk

func two() (int, map[string]int) { return 1, second }

func f3(r *request) {
	second[r.Path] = 1
	_, m := two()
	delete(m, r.Path)
}

var back = map[string]int{} // f4 request

func backA(n int) map[string]int {
	if n > 0 {
		return backB(n - 1)
	}
	return back
}

func backB(n int) map[string]int { return backA(n) }

func f4(r *request) { backB(3)[r.Path] = 1 }

var unused = map[string]int{} // f5 request

func never() map[string]int { return unused }

func f5(r *request) { unused[r.Path] = 1 }

var literal = map[string]int{} // shared

func f6(r *request) {
	literal[r.Path] = 1
	f := func() map[string]int { return literal }
	mystery(f)
}

var up = map[string]int{} // shared

func up1() map[string]int { return up }
func up2() map[string]int { return up1() }
func up3() map[string]int { return up2() }
func up4() map[string]int { return up3() }
func up5() map[string]int { return up4() }

func f7(r *request) { up5()[r.Path] = 1 }
`)
}

// TestSizes: what a container's size decides may bound it.
func TestSizes(t *testing.T) {
	checkContainers(t, `
var less = map[string]int{} // shrunk

func f1(r *request) {
	if len(less) < r.Size {
		less[r.Path] = 1
	}
}

var empty = map[string]int{} // f2 request

func f2(r *request) {
	if len(empty) == 0 {
		std(1)
	}
	if len(empty) != 1 {
		std(1)
	}
	empty[r.Path] = len(empty)
}

var exactlyOne = map[string]int{} // shrunk

func f3(r *request) {
	exactlyOne[r.Path] = 1
	if len(exactlyOne) == 1 {
		std(1)
	}
}

var capacity = map[string]int{} // shrunk

func f4(r *request) {
	capacity[r.Path] = 1
	std(10 - len(capacity))
}

var multiplied = map[string]int{} // f5 request

func f5(r *request) {
	multiplied[r.Path] = 1
	std(10 * len(multiplied))
}

var printed = map[string]int{} // f6 request

func f6(r *request) {
	printed[r.Path] = 1
	std(len(printed))
}

var counter []string // f7 request one more

func f7(r *request) {
	counter = append(counter, r.Path)
	for i := 0; i < len(counter); i++ {
		std(counter[i])
	}
	for i := 0; len(counter) > i; i += 2 {
		std(counter[i])
	}
}
`)
}
