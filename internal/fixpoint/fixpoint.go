// Package fixpoint answers questions that may lead back to themselves, such as what
// functions do that call each other.
package fixpoint

import "slices"

const (
	maxChanges = 8    // of an answer that others wait for
	maxDepth   = 1000 // of questions within each other
)

// Memo remembers answers. Those that depend on each other are settled together, from
// what is assumed at first until none changes, so that it does not matter which is
// asked for first.
type Memo[K comparable, V any] struct {
	// Assumed is the answer to a question that is being asked, at first.
	Assumed V
	// Unknown is the answer where too many questions lie within each other, or one
	// of those that depend on each other keeps changing.
	Unknown V
	// Answer answers a question, asking others by Ask.
	Answer func(K) V
	// Equal reports whether two answers are the same.
	Equal func(a, b V) bool

	entries map[K]*entry[K, V]
	open    []*entry[K, V] // not settled, in the order in which they were asked for
	asking  *entry[K, V]
	depth   int
}

type entry[K comparable, V any] struct {
	key     K
	value   V
	settled bool
	index   int            // in open
	lowest  int            // index of the first there that it depends on
	users   []*entry[K, V] // that were answered with it
	stale   bool           // what it was answered with has changed
	changes int
}

// Ask returns the answer for key.
func (m *Memo[K, V]) Ask(key K) V {
	e := m.entries[key]
	if e == nil {
		if m.depth == maxDepth {
			return m.Unknown
		}
		if m.entries == nil {
			m.entries = map[K]*entry[K, V]{}
		}
		e = &entry[K, V]{key: key, value: m.Assumed}
		m.entries[key] = e
		m.depth++
		m.settle(e)
		m.depth--
	}
	if !e.settled && m.asking != nil {
		m.asking.lowest = min(m.asking.lowest, e.lowest)
		if !slices.Contains(e.users, m.asking) {
			e.users = append(e.users, m.asking)
		}
	}
	return e.value
}

// settle answers the question of an entry. With all that it has led to, it stays open
// if it depends on an earlier one.
func (m *Memo[K, V]) settle(e *entry[K, V]) {
	e.index = len(m.open)
	e.lowest = e.index
	m.open = append(m.open, e)
	e.value = m.answer(e)
	for _, x := range m.open[e.index:] {
		x.stale = len(e.users) > 0
	}
	for more := true; more && e.lowest == e.index; {
		more = false
		// The last ones come first: the others have asked for them.
		for i := len(m.open) - 1; i >= e.index; i-- {
			if x := m.open[i]; x.stale {
				more = true
				m.improve(x)
				e.lowest = min(e.lowest, x.lowest)
			}
		}
	}
	if e.lowest < e.index {
		return
	}
	for _, x := range m.open[e.index:] {
		x.settled, x.users = true, nil
	}
	m.open = m.open[:e.index]
}

// improve answers the question of an entry again.
func (m *Memo[K, V]) improve(e *entry[K, V]) {
	e.stale = false
	if e.changes > maxChanges {
		return
	}
	value := m.answer(e)
	if m.Equal(value, e.value) {
		return
	}
	if e.changes++; e.changes > maxChanges {
		value = m.Unknown
	}
	e.value = value
	for _, u := range e.users {
		u.stale = true
	}
}

func (m *Memo[K, V]) answer(e *entry[K, V]) V {
	outer := m.asking
	m.asking = e
	value := m.Answer(e.key)
	m.asking = outer
	return value
}

// Same is the equality of answers that can be compared.
func Same[V comparable](a, b V) bool { return a == b }
