package pathcond

import "crypto/sha256"

// Seen is a set of keys that keeps their sums only, since a key can be as long as
// what a path knows. The zero Seen is empty and ready to use.
type Seen struct {
	sums map[sum]struct{}
	key  []byte
}

// sum is short enough to be kept by the thousand, and long enough never to be met twice.
type sum [16]byte

// Add puts in the key that appendTo appends to what it is given. It reports whether
// the key was not in the set.
func (s *Seen) Add(appendTo func([]byte) []byte) bool {
	s.key = appendTo(s.key[:0])
	full := sha256.Sum256(s.key)
	k := sum(full[:len(sum{})])
	if _, ok := s.sums[k]; ok {
		return false
	}
	if s.sums == nil {
		s.sums = make(map[sum]struct{})
	}
	s.sums[k] = struct{}{}
	return true
}
