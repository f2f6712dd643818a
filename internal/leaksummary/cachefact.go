package leaksummary

import "fmt"

// String returns k in the form that tests expect, such as "keeps param 1 in
// entries despite param 2".
func (k Kept) String() string {
	what := "a stand-in"
	if k.Value >= 0 {
		what = fmt.Sprintf("param %d", k.Value)
	}
	s := "keeps " + what + " in " + k.Into
	if k.Err >= 0 {
		s += fmt.Sprintf(" despite param %d", k.Err)
	}
	if k.Brief {
		s += " for a time"
	}
	return s
}

func appendKept(b []byte, k Kept) []byte {
	b = append(b, byte(k.Value), byte(k.Err), bit(k.Brief))
	return appendString(b, k.Into)
}

func (d *decoder) kept() Kept {
	k := Kept{Value: int(int8(d.byte())), Err: int(int8(d.byte()))}
	brief := d.byte()
	d.failed = d.failed || brief > 1
	k.Brief, k.Into = brief == 1, d.string()
	return k
}
