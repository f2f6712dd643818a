package leaksummary_test

import (
	"bytes"
	"encoding"
	"fmt"
	"math/rand"
	"reflect"
	"testing"
	"testing/quick"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leaksummary"
	"github.com/leakvet/leakvet/internal/obligation"
	"github.com/leakvet/leakvet/internal/pathcond"
)

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
	case reflect.Int64:
		v.SetInt(int64(r.Uint64()) >> r.Intn(64))
	case reflect.Uint8:
		v.SetUint(uint64(r.Intn(4)))
	case reflect.Uint16:
		v.SetUint(uint64(r.Intn(1 << 16)))
	case reflect.String:
		v.SetString([]string{"", "body", "rows", "\x00"}[r.Intn(4)])
	default:
		panic("a fact has a field of a kind that this test does not know: " + name)
	}
}

// codec is a fact of type F as the drivers store it.
type codec[F any] interface {
	*F
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

// anyFact is a fact of type F with every part that the encoding knows.
type anyFact[F any] struct{ fact F }

// Generate fills every field of a fact, so that one which the codec forgets
// does not survive a round trip.
func (anyFact[F]) Generate(r *rand.Rand, size int) reflect.Value {
	var f F
	fill(r, reflect.ValueOf(&f).Elem(), reflect.TypeFor[F]().Name())
	return reflect.ValueOf(anyFact[F]{f})
}

// random returns a fact of type F.
func random[F any](r *rand.Rand) F {
	return anyFact[F]{}.Generate(r, 0).Interface().(anyFact[F]).fact
}

// roundTrips checks that facts are the same once they are encoded and decoded.
func roundTrips[F any, P codec[F]](t *testing.T, seed int64, count int) {
	t.Helper()
	roundTrip := func(f anyFact[F]) bool {
		data, err := P(&f.fact).MarshalBinary()
		if err != nil {
			t.Error(err)
			return false
		}
		var got F
		if err := P(&got).UnmarshalBinary(data); err != nil {
			t.Errorf("%v in % x", err, data)
			return false
		}
		again, err := P(&got).MarshalBinary()
		return err == nil && reflect.DeepEqual(got, f.fact) && bytes.Equal(again, data)
	}
	if err := quick.Check(roundTrip, &quick.Config{Rand: rand.New(rand.NewSource(seed)), MaxCount: count}); err != nil {
		t.Error(err)
	}
}

// wantsAll checks that what is cut off, goes on, or is of another version is no
// fact.
func wantsAll[F any, P codec[F]](t *testing.T, seed int64, count int) {
	t.Helper()
	r := rand.New(rand.NewSource(seed))
	for range count {
		f := random[F](r)
		data, err := P(&f).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		for n := range data {
			if err := P(new(F)).UnmarshalBinary(data[:n]); err == nil {
				t.Fatalf("%d of %d bytes are taken for a fact: % x", n, len(data), data)
			}
		}
		if err := P(new(F)).UnmarshalBinary(append(data, 0)); err == nil {
			t.Fatalf("bytes behind a fact are ignored: % x", data)
		}
		data[0]++
		if err := P(new(F)).UnmarshalBinary(data); err == nil {
			t.Fatalf("another version is taken for a fact: % x", data)
		}
	}
}

func TestFactRoundTrip(t *testing.T) {
	t.Run("LeakFunc", func(t *testing.T) { roundTrips[leaksummary.LeakFunc](t, 1, 2000) })
	t.Run("LeakVar", func(t *testing.T) { roundTrips[leaksummary.LeakVar](t, 4, 1000) })
}

func TestTruncatedFacts(t *testing.T) {
	t.Run("LeakFunc", func(t *testing.T) { wantsAll[leaksummary.LeakFunc](t, 2, 200) })
	t.Run("LeakVar", func(t *testing.T) { wantsAll[leaksummary.LeakVar](t, 5, 100) })
}

// fuzz checks that whatever is taken for a fact survives a round trip.
func fuzz[F any, P interface {
	codec[F]
	fmt.Stringer
}](f *testing.F, seed int64, count int) {
	r := rand.New(rand.NewSource(seed))
	for range count {
		fact := random[F](r)
		data, err := P(&fact).MarshalBinary()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var fact F
		if P(&fact).UnmarshalBinary(data) != nil {
			return
		}
		_ = P(&fact).String()
		one, err := P(&fact).MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		var again F
		if err := P(&again).UnmarshalBinary(one); err != nil || !reflect.DeepEqual(fact, again) {
			t.Errorf("% x: %v, then %v: %v", data, &fact, &again, err)
		}
	})
}

func FuzzFact(f *testing.F) {
	f.Add([]byte{4, 8, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	fuzz[leaksummary.LeakFunc](f, 3, 20)
}

func FuzzVar(f *testing.F) { fuzz[leaksummary.LeakVar](f, 6, 10) }
