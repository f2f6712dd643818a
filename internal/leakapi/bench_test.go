package leakapi

import "testing"

// BenchmarkParse reads the tables' text, as generating their index does.
func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := load(Files()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkWith adds a project's rows to the tables.
func BenchmarkWith(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Builtin().With("rows", "borrow example.com/a.F arg=0\nclose example.com/a.G arg=0\n"); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLookup asks for every function that the tables know.
func BenchmarkLookup(b *testing.B) {
	keys := Builtin().Keys()
	b.ReportAllocs()
	for b.Loop() {
		for _, key := range keys {
			if Builtin().FuncByKey(key) == nil {
				b.Fatal(key)
			}
		}
	}
}
