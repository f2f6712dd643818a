package unit

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"
)

var someEntries = []entry{
	{"a/b", "F", "*x.Fact", []byte("one")},
	{"a/b", "T.M0", "*x.Fact", nil},
	{"a/b", "T.M0", "*x.Other", []byte{0, 255}},
	{"c", "", "*x.Fact", []byte("package")},
}

func TestEntriesRoundTrip(t *testing.T) {
	shuffled := append([]entry(nil), someEntries...)
	rand.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	data := encodeEntries(shuffled)
	if !bytes.Equal(data, encodeEntries(append([]entry(nil), someEntries...))) {
		t.Error("the order of entries shows in the bytes")
	}
	got, err := decodeEntries(data)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].data = append([]byte(nil), got[i].data...)
	}
	if !reflect.DeepEqual(got, someEntries) {
		t.Errorf("got %q, want %q", got, someEntries)
	}
	if data := encodeEntries(nil); len(data) != 0 {
		t.Errorf("no entries make %d bytes", len(data))
	}
}

// FuzzDecode checks that no file makes the decoders panic, and that what they
// accept survives another round.
func FuzzDecode(f *testing.F) {
	f.Add((&vetx{types: []byte("types"), facts: encodeEntries(append([]entry(nil), someEntries...))}).encode())
	f.Add(new(vetx).encode())
	f.Add([]byte("leakvetx\x01\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := decodeVetx(data)
		if err != nil {
			return
		}
		entries, err := decodeEntries(v.facts)
		if err != nil {
			return
		}
		again, err := decodeEntries(encodeEntries(entries))
		if err != nil || len(again) != len(entries) {
			t.Errorf("%q decodes to %q, then to %q, %v", v.facts, entries, again, err)
		}
	})
}
