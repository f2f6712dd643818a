package configfile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/leakvet/leakvet/internal/suggest"
)

// A decoder turns YAML into a Config, by the tags of its fields. It goes on
// after a mistake, so that one run tells of all.
type decoder struct {
	file  string
	lines map[string]int
	errs  []error
	bare  bool // lines mean nothing
}

func (d *decoder) errorf(line int, format string, args ...any) {
	if d.bare {
		d.errs = append(d.errs, fmt.Errorf("%s: %s", d.file, fmt.Sprintf(format, args...)))
		return
	}
	d.errs = append(d.errs, fmt.Errorf("%s:%d: %s", d.file, max(line, 1), fmt.Sprintf(format, args...)))
}

// document decodes a whole file. The YAML library is not trusted with what it
// has not seen before: what makes it panic is an error like any other.
func (d *decoder) document(data []byte, c *Config) {
	defer func() {
		if v := recover(); v != nil {
			d.errorf(1, "this is not YAML: %v", v)
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	if err := dec.Decode(&first); errors.Is(err, io.EOF) {
		return
	} else if err != nil {
		line, text := syntaxError(err)
		d.errorf(line, "this is not YAML: %s", text)
		return
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		if err != nil {
			line, text := syntaxError(err)
			d.errorf(line, "this is not YAML: %s", text)
		} else {
			d.errorf(second.Line, "a second document: a configuration is one")
		}
		return
	}
	if len(first.Content) == 1 {
		d.value(first.Content[0], reflect.ValueOf(c).Elem(), "", nil)
	}
}

// syntaxError returns the line of an error of the YAML library's and its text.
func syntaxError(err error) (int, string) {
	text, _, _ := strings.Cut(err.Error(), "\n")
	text = strings.TrimPrefix(text, "yaml: ")
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, rest, _ := strings.Cut(rest, ": ")
		if n, err := strconv.Atoi(number); err == nil {
			return n, rest
		}
	}
	return 1, text
}

// value decodes a node into v, which the keys on path lead to. Texts must be
// among the allowed, if any are given.
func (d *decoder) value(n *yaml.Node, v reflect.Value, path string, allowed []string) {
	if n.Tag == "!!null" {
		return // a key without a value says nothing
	}
	if path != "" && d.lines[path] == 0 {
		d.lines[path] = n.Line
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v, path)
	case reflect.Map:
		d.mapping(n, v, path, allowed)
	case reflect.Slice:
		d.sequence(n, v, path)
	case reflect.Bool:
		var b bool
		if n.Tag != "!!bool" || n.Decode(&b) != nil {
			d.errorf(n.Line, "%s is true or false, not %s", path, spelled(n))
			return
		}
		v.SetBool(b)
	case reflect.String:
		s, ok := text(n)
		if !ok {
			d.errorf(n.Line, "%s is a text, not %s", path, spelled(n))
			return
		}
		if allowed != nil && !slices.Contains(allowed, s) {
			d.errorf(n.Line, "%s is %s: want %s", path, spelled(n), suggest.Or(allowed))
			return
		}
		v.SetString(s)
	}
}

func (d *decoder) object(n *yaml.Node, v reflect.Value, path string) {
	fields := make(map[string]int)
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = i
		}
	}
	d.pairs(n, path, func(key string, at int, value *yaml.Node) {
		i, ok := fields[key]
		if !ok {
			known := slices.Sorted(maps.Keys(fields))
			d.errorf(at, "unknown key %q%s: want %s", key, suggest.DidYouMean(key, known), suggest.Or(known))
			return
		}
		d.value(value, v.Field(i), join(path, key), enum(v.Type().Field(i).Tag))
	})
}

func (d *decoder) mapping(n *yaml.Node, v reflect.Value, path string, allowed []string) {
	m := reflect.MakeMap(v.Type())
	d.pairs(n, path, func(key string, _ int, value *yaml.Node) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(value, e, join(path, key), allowed)
		if e.String() != "" {
			m.SetMapIndex(reflect.ValueOf(key), e)
		}
	})
	v.Set(m)
}

func (d *decoder) sequence(n *yaml.Node, v reflect.Value, path string) {
	if n.Kind != yaml.SequenceNode {
		d.errorf(n.Line, "%s is a list, not %s", path, spelled(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, e := range n.Content {
		d.value(e, v.Index(i), fmt.Sprintf("%s[%d]", path, i), nil)
	}
}

// pairs calls yield for each key of a mapping, with the key's line.
func (d *decoder) pairs(n *yaml.Node, path string, yield func(key string, at int, value *yaml.Node)) {
	if n.Kind != yaml.MappingNode {
		d.errorf(n.Line, "%s holds keys, not %s", cmp.Or(path, "a configuration"), spelled(n))
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		name, ok := text(key)
		if !ok {
			d.errorf(key.Line, "%s is no key", spelled(key))
			continue
		}
		if where := join(path, name); d.lines[where] == 0 {
			d.lines[where] = key.Line
		} else {
			d.errorf(key.Line, "%s is said twice", where)
			continue
		}
		yield(name, key.Line, n.Content[i+1])
	}
}

// text returns the text that a node is.
func text(n *yaml.Node) (string, bool) {
	return n.Value, n.Kind == yaml.ScalarNode && n.Tag == "!!str"
}

// spelled returns how a node is written, on one line and not too long.
func spelled(n *yaml.Node) string {
	s := n.Value
	switch n.Kind {
	case yaml.MappingNode:
		s = "keys"
	case yaml.SequenceNode:
		s = "a list"
	case yaml.AliasNode:
		s = "*" + n.Value
	}
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return s
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// enum returns the values that a field's tag allows; nil for any.
func enum(tag reflect.StructTag) []string {
	var list []string
	for item := range strings.SplitSeq(tag.Get("jsonschema"), ",") {
		if v, ok := strings.CutPrefix(item, "enum="); ok {
			list = append(list, v)
		}
	}
	return list
}
