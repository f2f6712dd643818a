package pathcond

import "slices"

// table is what is known by symbol, in their order. Copies share their content
// until one of them changes: paths fork far more often than they differ.
type table[V any] struct {
	entries []entry[V]
	shared  bool // with a copy
}

type entry[V any] struct {
	key   Sym
	value V
}

// clone returns a copy.
func (t *table[V]) clone() table[V] {
	t.shared = true
	return *t
}

// own makes the content this table's alone, with room for one more.
func (t *table[V]) own() {
	if t.shared {
		t.entries = append(make([]entry[V], 0, len(t.entries)+4), t.entries...)
		t.shared = false
	}
}

func (t *table[V]) find(x Sym) (int, bool) {
	lo, hi := 0, len(t.entries)
	for lo < hi {
		mid := int(uint(lo+hi) >> 1)
		if t.entries[mid].key < x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo, lo < len(t.entries) && t.entries[lo].key == x
}

// get returns what is known of x, and whether anything is.
func (t *table[V]) get(x Sym) (value V, ok bool) {
	if i, found := t.find(x); found {
		return t.entries[i].value, true
	}
	return value, false
}

// at returns what is known of x, or the zero value.
func (t *table[V]) at(x Sym) V {
	v, _ := t.get(x)
	return v
}

func (t *table[V]) has(x Sym) bool {
	_, ok := t.find(x)
	return ok
}

func (t *table[V]) put(x Sym, value V) {
	t.own()
	i, found := t.find(x)
	if found {
		t.entries[i].value = value
		return
	}
	t.entries = slices.Insert(t.entries, i, entry[V]{x, value})
}

func (t *table[V]) remove(x Sym) {
	if i, found := t.find(x); found {
		t.own()
		t.entries = slices.Delete(t.entries, i, i+1)
	}
}

// removeFunc removes what gone accepts.
func (t *table[V]) removeFunc(gone func(x Sym, value V) bool) {
	for i := range t.entries {
		if gone(t.entries[i].key, t.entries[i].value) {
			t.own()
			kept := t.entries[:i]
			for _, e := range t.entries[i+1:] {
				if !gone(e.key, e.value) {
					kept = append(kept, e)
				}
			}
			clear(t.entries[len(kept):])
			t.entries = kept
			return
		}
	}
}

// sort puts the entries of a content made anew in order. Of several with one key
// the last counts.
func (t *table[V]) sort() {
	slices.SortStableFunc(t.entries, func(a, b entry[V]) int { return int(a.key) - int(b.key) })
	kept := t.entries[:0]
	for i, e := range t.entries {
		if i+1 == len(t.entries) || t.entries[i+1].key != e.key {
			kept = append(kept, e)
		}
	}
	t.entries = kept
}
