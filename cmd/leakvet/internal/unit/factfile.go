package unit

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"slices"
)

// An entry is one fact as a file holds it.
type entry struct {
	pkg    string // path of the package that the fact is about
	object string // object path within it; "" for the package itself
	kind   string // the fact's type, such as "*leaksummary.LeakFunc"
	data   []byte // the fact's encoding
}

// compareEntries orders entries by what they are about.
func compareEntries(a, b entry) int {
	return cmp.Or(cmp.Compare(a.pkg, b.pkg), cmp.Compare(a.object, b.object), cmp.Compare(a.kind, b.kind))
}

// encodeEntries returns a vetx file's facts section; no entries, no bytes.
//
// The section is a count and a list of strings (packages and kinds), then
// for each entry the indices of its package and its kind, its object path and
// its data. Entries are sorted, so equal facts make equal bytes.
func encodeEntries(entries []entry) []byte {
	if len(entries) == 0 {
		return nil
	}
	slices.SortFunc(entries, compareEntries)
	var names []string
	for _, e := range entries {
		names = append(names, e.pkg, e.kind)
	}
	slices.Sort(names)
	names = slices.Compact(names)

	data := binary.AppendUvarint(nil, uint64(len(names)))
	for _, name := range names {
		data = appendString(data, name)
	}
	index := func(name string) uint64 {
		i, _ := slices.BinarySearch(names, name)
		return uint64(i)
	}
	for _, e := range entries {
		data = binary.AppendUvarint(data, index(e.pkg))
		data = binary.AppendUvarint(data, index(e.kind))
		data = appendString(data, e.object)
		data = appendString(data, string(e.data))
	}
	return data
}

func appendString(data []byte, s string) []byte {
	return append(binary.AppendUvarint(data, uint64(len(s))), s...)
}

// decodeEntries reads a facts section. The entries share data's memory.
func decodeEntries(data []byte) ([]entry, error) {
	if len(data) == 0 {
		return nil, nil
	}
	r := &reader{data: data}
	names := make([]string, 0, 8)
	for range r.uvarint() {
		names = append(names, string(r.bytes()))
		if r.bad {
			break
		}
	}
	name := func() string {
		i := r.uvarint()
		if i >= uint64(len(names)) {
			r.bad = true
			return ""
		}
		return names[i]
	}
	var entries []entry
	for !r.bad && len(r.data) > 0 {
		entries = append(entries, entry{pkg: name(), kind: name(), object: string(r.bytes()), data: r.bytes()})
	}
	if r.bad {
		return nil, fmt.Errorf("are damaged")
	}
	return entries, nil
}

// A reader takes values off data until something is bad.
type reader struct {
	data []byte
	bad  bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.data)
	if n <= 0 {
		r.bad, r.data = true, nil
		return 0
	}
	r.data = r.data[n:]
	return v
}

func (r *reader) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.data)) {
		r.bad, r.data = true, nil
		return nil
	}
	b := r.data[:n]
	r.data = r.data[n:]
	return b
}
