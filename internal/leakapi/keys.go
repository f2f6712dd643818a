package leakapi

import (
	"slices"
	"strings"
)

// list returns the keys of all rows of a kind, sorted.
func list[V any](t *Tables, in func(*rows) map[string]V) []string {
	var keys []string
	for ; t != nil; t = t.base {
		for _, pkg := range t.pkgs {
			keys = append(keys, sortedKeys(in(t.of(pkg)))...)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

func byKey[V any](t *Tables, key string, in func(*rows) map[string]V) V {
	v, _ := find(t, PackageOf(key), key, in)
	return v
}

func funcRows(r *rows) map[string]*Func       { return r.funcs }
func typeRows(r *rows) map[string]*Type       { return r.types }
func offerRows(r *rows) map[string]*Offer     { return r.offers }
func poolRows(r *rows) map[string]*Pool       { return r.pools }
func serverRows(r *rows) map[string]*Server   { return r.servers }
func limitRows(r *rows) map[string][]string   { return r.limits }
func requestRows(r *rows) map[string]*Request { return r.requests }
func pairRows(r *rows) map[string]*Pair       { return r.pairs }
func partsRows(r *rows) map[string]*Parts     { return r.parts }

// Keys returns the keys of all function rows, sorted.
func (t *Tables) Keys() []string { return list(t, funcRows) }

// FuncByKey returns the row for a key as Keys returns it.
func (t *Tables) FuncByKey(key string) *Func { return byKey(t, key, funcRows) }

// TypeKeys returns the keys of all type rows, sorted.
func (t *Tables) TypeKeys() []string { return list(t, typeRows) }

// TypeByKey returns the row for a key as TypeKeys returns it.
func (t *Tables) TypeByKey(key string) *Type { return byKey(t, key, typeRows) }

// OfferKeys returns the types of all offer rows, sorted.
func (t *Tables) OfferKeys() []string { return list(t, offerRows) }

// OfferByKey returns the row for a key as OfferKeys returns it.
func (t *Tables) OfferByKey(key string) *Offer { return byKey(t, key, offerRows) }

// PoolKeys returns the types of all pool rows, sorted.
func (t *Tables) PoolKeys() []string { return list(t, poolRows) }

// PoolByKey returns the row for a key as PoolKeys returns it.
func (t *Tables) PoolByKey(key string) *Pool { return byKey(t, key, poolRows) }

// ServerKeys returns the types of all server rows, sorted.
func (t *Tables) ServerKeys() []string { return list(t, serverRows) }

// ServerByKey returns the row for a key as ServerKeys returns it.
func (t *Tables) ServerByKey(key string) *Server { return byKey(t, key, serverRows) }

// LimitKeys returns the types of all limit rows, sorted.
func (t *Tables) LimitKeys() []string { return list(t, limitRows) }

// LimitByKey returns the fields for a key as LimitKeys returns it.
func (t *Tables) LimitByKey(key string) []string { return byKey(t, key, limitRows) }

// RequestKeys returns the types of all request rows, sorted.
func (t *Tables) RequestKeys() []string { return list(t, requestRows) }

// RequestByKey returns the row for a key as RequestKeys returns it.
func (t *Tables) RequestByKey(key string) *Request { return byKey(t, key, requestRows) }

// PairKeys returns the types that are labels, sorted.
func (t *Tables) PairKeys() []string { return list(t, pairRows) }

// PairByKey returns the row for a key as PairKeys returns it.
func (t *Tables) PairByKey(key string) *Pair { return byKey(t, key, pairRows) }

// PartsKeys returns the types with rows on their fields, sorted.
func (t *Tables) PartsKeys() []string { return list(t, partsRows) }

// PartsByKey returns the rows for a key as PartsKeys returns it.
func (t *Tables) PartsByKey(key string) *Parts { return byKey(t, key, partsRows) }

// PackageKeys returns the paths of all package rows, sorted.
func (t *Tables) PackageKeys() []string {
	var paths []string
	for ; t != nil; t = t.base {
		paths = append(paths, sortedKeys(t.packages)...)
	}
	slices.Sort(paths)
	return slices.Compact(paths)
}

// Rows returns how many rows speak of each package. One that speaks of all
// packages below a path counts for that path.
func (t *Tables) Rows() map[string]int {
	n := map[string]int{}
	for ; t != nil; t = t.base {
		for i, b := range t.books {
			n[t.pkgs[i]] += strings.Count(b.text, "\n")
		}
		for pkg := range t.packages {
			n[pkg]++
		}
		for _, prefix := range t.pairPkgs {
			n[strings.TrimSuffix(prefix, "/")]++
		}
	}
	return n
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// SpeaksOf reports whether there are rows on a package, or it is of the standard
// library.
func (t *Tables) SpeaksOf(pkg string) bool { return IsStd(pkg) || t.speaksOf(pkg) }
