package leaksummary

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"

	"github.com/leakvet/leakvet/internal/origin"
)

// LeakVar is what importers learn of a variable or field that holds a vector of
// series.
type LeakVar struct {
	Name      string   // of the metric
	Labels    []string // their names
	Forgotten bool     // the package deletes series of it
}

// AFact marks LeakVar as a fact.
func (*LeakVar) AFact() {}

// String returns f in the form that tests expect, such as
// `vector http_requests_total(path, code), forgotten`.
func (f *LeakVar) String() string {
	s := "vector " + f.Name + "(" + strings.Join(f.Labels, ", ") + ")"
	if f.Forgotten {
		s += ", forgotten"
	}
	return s
}

// MarshalBinary encodes f. Equal facts give equal bytes.
func (f *LeakVar) MarshalBinary() ([]byte, error) {
	b := appendString([]byte{factVersion, bit(f.Forgotten)}, f.Name)
	return appendStrings(b, f.Labels), nil
}

// UnmarshalBinary decodes what MarshalBinary wrote. It fails on anything else.
func (f *LeakVar) UnmarshalBinary(data []byte) error {
	d := &decoder{b: data}
	if v := d.byte(); v != factVersion {
		return fmt.Errorf("leaksummary: fact of version %d, want %d", v, factVersion)
	}
	*f = LeakVar{Forgotten: d.byte() != 0, Name: d.string(), Labels: d.strings()}
	if d.failed || len(d.b) > 0 {
		return errors.New("leaksummary: malformed fact")
	}
	return nil
}

func appendStrings(b []byte, list []string) []byte {
	b = binary.AppendUvarint(b, uint64(len(list)))
	for _, s := range list {
		b = appendString(b, s)
	}
	return b
}

func (d *decoder) strings() []string {
	var out []string
	for range d.len() {
		out = append(out, d.string())
	}
	return out
}

func appendLabel(b []byte, l origin.LabelFlow) []byte {
	b = append(b, byte(l.Arg), bit(l.Weak))
	b = appendStrings(b, l.Path)
	b = appendString(b, l.Text)
	b = appendString(b, l.What)
	return appendStrings(b, l.Way)
}

func (d *decoder) label() origin.LabelFlow {
	return origin.LabelFlow{Arg: int(d.byte()), Weak: d.byte() != 0, Path: d.strings(), Text: d.string(), What: d.string(), Way: d.strings()}
}

func appendValue(b []byte, v origin.Flow) []byte {
	b = append(b, byte(v.Result), byte(v.Kind)|bit(v.Weak)<<4)
	b = appendString(b, v.Text)
	b = appendString(b, v.Says)
	b = binary.AppendUvarint(b, uint64(len(v.Deps)))
	for _, dep := range v.Deps {
		b = append(b, byte(dep.Arg), bit(dep.Weak))
		b = appendStrings(b, dep.Path)
		b = appendString(b, dep.Text)
	}
	return b
}

func (d *decoder) value() origin.Flow {
	v := origin.Flow{Result: int(int8(d.byte()))}
	m := d.byte()
	v.Kind, v.Weak = origin.Kind(m&15), m&16 != 0
	v.Text, v.Says = d.string(), d.string()
	for range d.len() {
		v.Deps = append(v.Deps, origin.FlowDep{Arg: int(d.byte()), Weak: d.byte() != 0, Path: d.strings(), Text: d.string()})
	}
	return v
}

func labelString(l origin.LabelFlow) string {
	s := fmt.Sprintf("param %d%s becomes %s", l.Arg, dotted(l.Path), l.What)
	if len(l.Way) > 0 {
		s += " in " + strings.Join(l.Way, ", ")
	}
	return s
}

func valueString(v origin.Flow) string {
	s := fmt.Sprintf("result %d ", v.Result)
	switch v.Kind {
	case origin.Unbounded:
		s += "is " + v.Text
		if v.Says != "" {
			s += ", " + v.Says
		}
	case origin.Unknown:
		s += "is unknown"
	default:
		s += "is finite"
	}
	for _, d := range v.Deps {
		s += fmt.Sprintf(", depends on param %d%s", d.Arg, dotted(d.Path))
	}
	return s
}

func dotted(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return "." + strings.Join(path, ".")
}
