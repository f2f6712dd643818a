package configfile

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/leakvet/leakvet/internal/suggest"
)

// A decoder turns YAML into a Config, by the tags of its fields. It goes on
// after a mistake, so that one run tells of all.
type decoder struct {
	file  string
	lines map[string]int
	errs  []error
}

func didYouMean(name string, known []string) string { return suggest.DidYouMean(name, known) }

func (d *decoder) errorf(line int, format string, args ...any) {
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
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		line, text := syntaxError(err)
		d.errorf(line, "this is not YAML: %s", text)
		return
	}
	for i, doc := range file.Docs {
		if doc.Body == nil {
			continue
		}
		if i > 0 {
			d.errorf(line(doc.Body), "a second document: a configuration is one")
			return
		}
		d.value(doc.Body, reflect.ValueOf(c).Elem(), "", nil)
	}
}

// syntaxError returns the line of an error of the YAML library's and its text.
func syntaxError(err error) (int, string) {
	var e yaml.Error
	if errors.As(err, &e) && e.GetToken() != nil {
		return e.GetToken().Position.Line, e.GetMessage()
	}
	text, _, _ := strings.Cut(err.Error(), "\n")
	return 1, text
}

func line(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 1
}

// value decodes a node into v, which the keys on path lead to. Texts must be
// among the allowed, if any are given.
func (d *decoder) value(n ast.Node, v reflect.Value, path string, allowed []string) {
	if n == nil || n.Type() == ast.NullType {
		return // a key without a value says nothing
	}
	if path != "" && d.lines[path] == 0 {
		d.lines[path] = line(n)
	}
	switch v.Kind() {
	case reflect.Struct:
		d.object(n, v, path)
	case reflect.Map:
		d.mapping(n, v, path, allowed)
	case reflect.Slice:
		d.sequence(n, v, path)
	case reflect.Bool:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			d.errorf(line(n), "%s is true or false, not %s", path, spelled(n))
			return
		}
		v.SetBool(b.Value)
	case reflect.String:
		s, ok := text(n)
		if !ok {
			d.errorf(line(n), "%s is a text, not %s", path, spelled(n))
			return
		}
		if allowed != nil && !slices.Contains(allowed, s) {
			d.errorf(line(n), "%s is %s: want %s", path, spelled(n), orList(allowed))
			return
		}
		v.SetString(s)
	}
}

func (d *decoder) object(n ast.Node, v reflect.Value, path string) {
	fields := make(map[string]int)
	for i := range v.NumField() {
		if name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ","); name != "" && name != "-" {
			fields[name] = i
		}
	}
	d.pairs(n, path, func(key string, at int, value ast.Node) {
		i, ok := fields[key]
		if !ok {
			known := slices.Sorted(maps.Keys(fields))
			d.errorf(at, "unknown key %q%s: want %s", key, didYouMean(key, known), orList(known))
			return
		}
		d.value(value, v.Field(i), join(path, key), enum(v.Type().Field(i).Tag))
	})
}

func (d *decoder) mapping(n ast.Node, v reflect.Value, path string, allowed []string) {
	m := reflect.MakeMap(v.Type())
	d.pairs(n, path, func(key string, _ int, value ast.Node) {
		e := reflect.New(v.Type().Elem()).Elem()
		d.value(value, e, join(path, key), allowed)
		if e.String() != "" {
			m.SetMapIndex(reflect.ValueOf(key), e)
		}
	})
	v.Set(m)
}

func (d *decoder) sequence(n ast.Node, v reflect.Value, path string) {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		d.errorf(line(n), "%s is a list, not %s", path, spelled(n))
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(seq.Values), len(seq.Values)))
	for i, e := range seq.Values {
		d.value(e, v.Index(i), fmt.Sprintf("%s[%d]", path, i), nil)
	}
}

// pairs calls yield for each key of a mapping, with the key's line.
func (d *decoder) pairs(n ast.Node, path string, yield func(key string, at int, value ast.Node)) {
	var values []*ast.MappingValueNode
	switch n := n.(type) {
	case *ast.MappingNode:
		values = n.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{n}
	default:
		d.errorf(line(n), "%s holds keys, not %s", cmp.Or(path, "a configuration"), spelled(n))
		return
	}
	for _, pair := range values {
		key, ok := text(pair.Key)
		if !ok {
			d.errorf(line(pair.Key), "%s is no key", spelled(pair.Key))
			continue
		}
		if where := join(path, key); d.lines[where] == 0 {
			d.lines[where] = line(pair.Key)
		} else {
			d.errorf(line(pair.Key), "%s is said twice", where)
			continue
		}
		yield(key, line(pair.Key), pair.Value)
	}
}

// text returns the text that a node is. Words that other readers of YAML take
// for truth values are texts where a text is asked for.
func text(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return n.Value.Value, true
	}
	return "", false
}

// spelled returns how a node is written, on one line and not too long.
func spelled(n ast.Node) string {
	s := strings.Join(strings.Fields(n.String()), " ")
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

func orList(words []string) string {
	if len(words) == 1 {
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}
