package lib

import "sync"

// Containers with methods of their own.

type Table[K comparable, V any] struct {
	mu   sync.RWMutex
	rows map[K]V
}

func NewTable[K comparable, V any]() *Table[K, V] { return &Table[K, V]{rows: map[K]V{}} }

func (t *Table[K, V]) Get(key K) V { // want Get:`^reads container 0$`
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.rows[key]
}

func (t *Table[K, V]) Set(key K, value V) { // want Set:`^grows container 0 by param 1; keeps param 2 in rows$`
	t.mu.Lock()
	defer t.mu.Unlock()
	t.rows[key] = value
}

func (t *Table[K, V]) Delete(key K) { // want Delete:`^shrinks container 0$`
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.rows, key)
}

type Set struct{ names map[string]bool }

func (s Set) Has(name string) bool { return s.names[name] } // want Has:`^reads container 0$`

func (s *Set) Put(name string) { // want Put:`^grows container 0 by param 1$`
	if s.names == nil {
		s.names = map[string]bool{}
	}
	s.names[name] = true
}

func (s *Set) PutAll(names ...string) { // want PutAll:`^grows container 0`
	for _, n := range names {
		s.names[n] = true
	}
}

func (s *Set) Reset() { s.names = map[string]bool{} } // want Reset:`^shrinks container 0$`

func (s *Set) Names() map[string]bool { return s.names }

type Journal struct{ lines []string }

func (j *Journal) Write(line string) { j.lines = append(j.lines, line) } // want Write:`^grows container 0$`

func (j *Journal) Trim(n int) { j.lines = j.lines[n:] } // want Trim:`^shrinks container 0$`

// Functions that are given maps.

func HasKey(m map[string]int, key string) bool { // want HasKey:`^reads container 0$`
	_, ok := m[key]
	return ok
}

func Count(key string, m map[string]int) { m[key]++ } // want Count:`^grows container 1 by param 0$`

func Touch(m map[string]int) { m["touched"] = 1 } // want Touch:`container 0$`

func Drop(m map[string]int, key string) { delete(m, key) } // want Drop:`^shrinks container 0$`

func Move(from, to map[string]int, key string) { // want Move:`^shrinks container 0; grows container 1 by param 2$`
	to[key] = from[key]
	delete(from, key)
}

func DropEmpty(m map[string]int) { // want DropEmpty:`^shrinks container 0$`
	for k, n := range m {
		if n == 0 {
			Drop(m, k)
		}
	}
}

func CountDeep(m map[string]int, key string, n int) { // want CountDeep:`^grows container 0 by param 1$`
	if n > 0 {
		CountDeep(m, key, n-1)
		return
	}
	m[key]++
}

func KeepMap(m map[string]int) { keptMap = m }

var keptMap map[string]int
