// Package mapset is as much of the real one as the fixtures need.
package mapset

type Set[T comparable] interface {
	Add(val T) bool
	Append(val ...T) int
	Cardinality() int
	Clear()
	Contains(val ...T) bool
	Pop() (T, bool)
	Remove(i T)
	RemoveAll(i ...T)
}

type set[T comparable] map[T]struct{}

func NewSet[T comparable](vals ...T) Set[T] { return set[T]{} }

func (s set[T]) Add(val T) bool         { return true }
func (s set[T]) Append(val ...T) int    { return 0 }
func (s set[T]) Cardinality() int       { return len(s) }
func (s set[T]) Clear()                 {}
func (s set[T]) Contains(val ...T) bool { return false }
func (s set[T]) Pop() (v T, ok bool)    { return }
func (s set[T]) Remove(i T)             {}
func (s set[T]) RemoveAll(i ...T)       {}
