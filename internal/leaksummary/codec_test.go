package leaksummary_test

import (
	"bytes"
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// randomFact is a fact with every part that the encoding knows.
type randomFact struct{ leaksummary.LeakFunc }

// Generate fills every field of a fact, so that one which the codec forgets
// does not survive a round trip.
func (randomFact) Generate(r *rand.Rand, size int) reflect.Value {
	var f leaksummary.LeakFunc
	fill(r, reflect.ValueOf(&f).Elem(), "LeakFunc")
	return reflect.ValueOf(randomFact{f})
}

func fill(r *rand.Rand, v reflect.Value, name string) {
	switch v.Interface().(type) {
	case leakapi.When:
		v.SetUint(uint64(r.Intn(3)))
		return
	case leakapi.How:
		v.SetUint(uint64(r.Intn(6)))
		return
	case obligation.Mask:
		v.SetUint(uint64(r.Intn(8)))
		return
	case pathcond.Path:
		b := make([]byte, r.Intn(4))
		r.Read(b)
		v.SetString(string(b))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(r, v.Field(i), v.Type().Field(i).Name)
		}
	case reflect.Slice:
		if n := r.Intn(4); n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(r, v.Index(i), name)
			}
		}
	case reflect.Bool:
		v.SetBool(r.Intn(2) == 0)
	case reflect.Int: // an index; an alias may lead to parameters, too
		v.SetInt(int64(r.Intn(128)))
		if name == "Result" && r.Intn(2) == 0 {
			v.SetInt(^v.Int())
		}
	case reflect.Uint8:
		v.SetUint(uint64(r.Intn(4)))
	case reflect.String:
		v.SetString([]string{"", "body", "rows", "\x00"}[r.Intn(4)])
	default:
		panic("a fact has a field of a kind that this test does not know: " + name)
	}
}

func TestFactRoundTrip(t *testing.T) {
	roundTrip := func(f randomFact) bool {
		data, err := f.MarshalBinary()
		if err != nil {
			t.Error(err)
			return false
		}
		var got leaksummary.LeakFunc
		if err := got.UnmarshalBinary(data); err != nil {
			t.Errorf("%v in % x", err, data)
			return false
		}
		again, err := got.MarshalBinary()
		return err == nil && reflect.DeepEqual(got, f.LeakFunc) && bytes.Equal(again, data)
	}
	if err := quick.Check(roundTrip, &quick.Config{Rand: rand.New(rand.NewSource(1)), MaxCount: 2000}); err != nil {
		t.Error(err)
	}
}

// TestTruncatedFacts: what is cut off, or goes on, is no fact.
func TestTruncatedFacts(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	for range 200 {
		f := randomFact{}.Generate(r, 0).Interface().(randomFact)
		data, err := f.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		for n := range data {
			if err := new(leaksummary.LeakFunc).UnmarshalBinary(data[:n]); err == nil {
				t.Fatalf("%d of %d bytes are taken for a fact: % x", n, len(data), data)
			}
		}
		if err := new(leaksummary.LeakFunc).UnmarshalBinary(append(data, 0)); err == nil {
			t.Fatalf("bytes behind a fact are ignored: % x", data)
		}
	}
}

func FuzzFact(f *testing.F) {
	r := rand.New(rand.NewSource(3))
	for range 20 {
		fact := randomFact{}.Generate(r, 0).Interface().(randomFact)
		data, err := fact.MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte{1, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, data []byte) {
		var fact leaksummary.LeakFunc
		if fact.UnmarshalBinary(data) != nil {
			return
		}
		_ = fact.String()
		one, err := fact.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again leaksummary.LeakFunc
		if err := again.UnmarshalBinary(one); err != nil || !reflect.DeepEqual(fact, again) {
			t.Errorf("% x: %v, then %v: %v", data, &fact, &again, err)
		}
	})
}
