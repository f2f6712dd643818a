package leakapi

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

var effectWords = map[string]Effect{
	"unknown": Unknown, "borrow": Borrow, "keep": Keep, "close": Close, "wrap": Wrap, "through": Through,
}

var howWords = map[string]How{
	"now-once": NowOnce, "now-many": NowMany, "deferred": Deferred, "goroutine": Goroutine, "stored": Stored,
}

// parser compiles rows.
type parser struct {
	t    *Tables // for what speaks of no package alone
	rows *rows
	seen map[string]string // a row's identity, and where it stands
}

func newParser(t *Tables) *parser {
	return &parser{
		t: t,
		rows: &rows{
			funcs:    map[string]*Func{},
			types:    map[string]*Type{},
			offers:   map[string]*Offer{},
			pools:    map[string]*Pool{},
			servers:  map[string]*Server{},
			limits:   map[string][]string{},
			requests: map[string]*Request{},
			pairs:    map[string]*Pair{},
			parts:    map[string]*Parts{},

			containers: map[string]*Container{},
		},
		seen: map[string]string{},
	}
}

// all reads rows, each in a line behind the place where it stands, and a tab.
func (p *parser) all(text string) error {
	for l := range strings.Lines(text) {
		where, row, _ := strings.Cut(l, "\t")
		if err := p.parse(where, row); err != nil {
			return err
		}
	}
	return nil
}

// parse reads one row. Its error says where that stands.
func (p *parser) parse(where, text string) error {
	words := strings.Fields(text)
	if len(words) < 2 {
		return fmt.Errorf("%s: a row needs a word and a key", where)
	}
	r := &row{word: words[0], key: words[1], attrs: map[string]string{}}
	for _, w := range words[2:] {
		name, value, ok := strings.Cut(w, "=")
		if !ok || value == "" {
			return fmt.Errorf("%s: %q is not of the form name=value", where, w)
		}
		if _, dup := r.attrs[name]; dup {
			return fmt.Errorf("%s: %s is given twice", where, name)
		}
		r.attrs[name] = value
	}
	if err := p.row(r, where); err != nil {
		return fmt.Errorf("%s: %w", where, err)
	}
	return nil
}

// row is one line: a word, a key and attributes. Readers take the attributes
// they know; what is left over is an error.
type row struct {
	word, key string
	attrs     map[string]string
	err       error
}

func (r *row) take(name string) string {
	v := r.attrs[name]
	delete(r.attrs, name)
	return v
}

func (r *row) fail(format string, args ...any) {
	if r.err == nil {
		r.err = fmt.Errorf(format, args...)
	}
}

func (r *row) need(name string) string {
	v := r.take(name)
	if v == "" {
		r.fail("%s %s lacks %s=", r.word, r.key, name)
	}
	return v
}

// ref parses N or N.Field.Field; in a row that states an effect, arg=* stands
// for every argument.
func (r *row) ref(name, v string) (int, []string) {
	head, rest, deep := strings.Cut(v, ".")
	n := -1
	if head != "*" || name != "arg" || effectWords[r.word] == Unknown {
		var err error
		if n, err = strconv.Atoi(head); err != nil || n < 0 {
			r.fail("%s=%s does not begin with an index", name, v)
		}
	}
	if !deep {
		return n, nil
	}
	path := strings.Split(rest, ".")
	if slices.Contains(path, "") {
		r.fail("%s=%s holds an empty field name", name, v)
	}
	return n, path
}

func (r *row) when() When {
	switch v := r.take("when"); v {
	case "":
		return Always
	case "err==nil", "ok==false":
		return Zero
	case "err!=nil", "ok==true":
		return NonZero
	default:
		r.fail("unknown condition when=%s: want err==nil, err!=nil, ok==true or ok==false", v)
		return Always
	}
}

// mark parses ARG:MARK, or nothing.
func (r *row) mark(name string) Mark {
	v := r.take(name)
	if v == "" {
		return Mark{}
	}
	arg, mark, ok := strings.Cut(v, ":")
	if !ok || mark == "" {
		r.fail("%s=%s is not of the form ARG:MARK", name, v)
	}
	i, _ := r.ref(name, arg)
	return Mark{i, mark}
}

func (p *parser) row(r *row, where string) error {
	identity := r.word + " " + r.key + " " + r.attrs["arg"] + r.attrs["result"] + r.attrs["when"] + r.attrs["if"] + r.attrs["field"]
	if first, dup := p.seen[identity]; dup {
		return fmt.Errorf("%s %s stands already at %s", r.word, r.key, first)
	}
	p.seen[identity] = where
	switch r.word {
	case "class":
		p.class(r)
	case "type":
		p.typeRow(r)
	case "offer", "limit":
		if _, recv, _, ok := splitKey(strings.TrimPrefix(r.key, "*")); !ok || recv != "" {
			r.fail("%q is not a type's full name, such as net/http.Handler or *net/http.Response", r.key)
		}
		if r.word == "offer" {
			p.offer(r)
		} else {
			p.limit(r)
		}
	case "pairs":
		p.pairsRow(r)
	case "container":
		p.containerRow(r)
	case "pool":
		p.poolRow(r)
	case "server":
		p.serverRow(r)
	case "package":
		v := r.need("effect")
		e, ok := effectWords[v]
		if !ok || e == Wrap || e == Through {
			r.fail("unknown effect=%s: want borrow, close, keep or unknown", v)
		}
		p.t.packages[r.key] = e
	default:
		if p.valueTypeRow(r) {
			break
		}
		if _, _, _, ok := splitKey(r.key); !ok {
			r.fail("%q is not a function's full name, such as net/http.Get or (*net/http.Client).Do", r.key)
		}
		p.funcRow(r)
	}
	for name := range r.attrs {
		r.fail("unknown attribute %s= in a row of %s", name, r.word)
	}
	return r.err
}

func (p *parser) class(r *row) {
	if p.t.classes[r.key] != nil {
		r.fail("class %s is there already: choose another name", r.key)
		return
	}
	rule := r.need("rule")
	p.t.classes[r.key] = &Class{
		Name:    r.key,
		Rule:    rule,
		Holder:  cmp.Or(r.take("holder"), rule),
		Noun:    strings.ReplaceAll(r.need("noun"), "-", " "),
		Release: releases(r.need("release")),
		Done:    strings.ReplaceAll(r.need("done"), "-", " "),
		Fails:   releases(cmp.Or(r.take("fails"), "-")),
		Sure:    releases(cmp.Or(r.take("sure"), "-")),
		Context: r.only("ends", "with-context"),
		Over:    r.only("over", "with-context"),
		None:    r.take("none"),
		Again:   r.only("again", "harmless"),
		Few:     r.only("few", "harmless"),

		Collected: r.goVersion("collected"),
		Tests:     r.yes("tests"),
		Meant:     r.only("discarded", "meant"),
		Carried:   r.only("carried", "context"),
		Audit:     r.only("tier", "audit"),
	}
}

// releases splits a list of methods; "-" is none.
func releases(list string) []string {
	if list == "-" {
		return nil
	}
	return strings.Split(list, ",")
}

func (p *parser) classOf(r *row) *Class {
	name := r.need("class")
	c := p.t.classes[name]
	if c == nil {
		r.fail("unknown class %q: a class row must come first", name)
	}
	return c
}

func (p *parser) typeRow(r *row) {
	if _, recv, _, ok := splitKey(strings.TrimPrefix(r.key, "*")); !ok || recv != "" {
		r.fail("%q is not a type's full name, such as net/http.Handler or *net/http.Response", r.key)
	}
	t := &Type{Key: r.key, Class: p.classOf(r), Lent: r.only("given", "lent"), Embedded: r.yes("embedded")}
	if f := r.take("field"); f != "" {
		t.Path = strings.Split(f, ".")
	}
	if v := r.take("empty"); v != "" {
		for cond := range strings.SplitSeq(v, ",") {
			field, span, _ := strings.Cut(cond, ":")
			lo, hi, isRange := strings.Cut(span, "-")
			if !isRange {
				hi = lo
			}
			l, err1 := strconv.ParseInt(lo, 10, 64)
			h, err2 := strconv.ParseInt(hi, 10, 64)
			if err1 != nil || err2 != nil || field == "" || l > h {
				r.fail("empty=%s is not a list of Field:N or Field:N-M", v)
			}
			t.Empty = append(t.Empty, Empty{field, l, h})
		}
	}
	p.rows.types[r.key] = t
}

func (p *parser) funcRow(r *row) {
	f := p.rows.funcs[r.key]
	if f == nil {
		f = &Func{}
		p.rows.funcs[r.key] = f
	}
	switch r.word {
	case "acquire":
		a := Acquire{Class: p.classOf(r), When: r.when()}
		a.Result, a.Path = r.ref("result", r.need("result"))
		a.Failed = r.take("failed")
		a.Until = -1
		if until := r.take("until"); until != "" {
			a.Until = r.index("until", until)
		}
		a.Unless = r.mark("unless")
		a.Only = r.mark("only")
		a.Maker = r.only("over", "with-maker")
		a.NoIface = r.only("iface", "no")
		f.Acquires = append(f.Acquires, a)
	case "borrow", "keep", "close", "wrap", "through":
		a := Arg{Effect: effectWords[r.word], When: r.when()}
		if a.Effect == Wrap || a.Effect == Through {
			a.Result, _ = r.ref("result", r.need("result"))
		}
		if in := r.take("in"); in != "" && a.Effect == Keep {
			a.Cell, a.In = true, r.index("in", in)
		} else if in != "" {
			r.fail("in=%s: only what is kept is in something", in)
		}
		for ref := range strings.SplitSeq(r.need("arg"), ",") {
			a.Index, a.Path = r.ref("arg", ref)
			f.Args = append(f.Args, a)
		}
	case "calls":
		v := r.need("how")
		how, ok := howWords[v]
		if !ok {
			r.fail("unknown how=%s: want now-once, now-many, deferred, goroutine or stored", v)
		}
		i, _ := r.ref("arg", r.need("arg"))
		f.FuncArgs = append(f.FuncArgs, FuncArg{i, how})
	case "make":
		m := Made{Value: r.need("value"), Mark: r.need("mark")}
		m.Result, _ = r.ref("result", r.need("result"))
		m.Arg, _ = r.ref("arg", r.need("arg"))
		f.Makes = append(f.Makes, m)
	case "noreturn":
		f.NoReturn = true
	case "true-needs":
		i, _ := r.ref("arg", r.need("arg"))
		n := OfNil{Arg: i, Is: IsFalse}
		if v := r.take("result"); v != "" {
			n.Result, _ = r.ref("result", v)
		}
		f.OfNil = append(f.OfNil, n)
	case "fails":
		f.Fails = true
	case "notowned":
		i, _ := r.ref("result", r.need("result"))
		f.NotOwned = append(f.NotOwned, i)
	case "alias":
		a := Arg{Effect: Alias}
		a.Index, a.Path = r.ref("arg", r.need("arg"))
		a.Result, _ = r.ref("result", r.need("result"))
		f.Args = append(f.Args, a)
	case "never-nil":
		i, _ := r.ref("result", r.need("result"))
		if v := r.take("unless"); v == "" {
			f.NeverNil = append(f.NeverNil, i)
		} else {
			f.OfNil = append(f.OfNil, OfNil{Arg: r.index("unless", v), Result: i, Is: IsNotNil, NonNil: true})
		}
	case "nil-iff":
		var n NilIff
		for _, v := range strings.Split(r.need("arg"), ",") {
			n.Args = append(n.Args, r.index("arg", v))
		}
		n.Result, _ = r.ref("result", r.need("result"))
		f.NilIff = append(f.NilIff, n)
	case "assume":
		var a Assume
		a.Arg, _ = r.ref("arg", r.need("arg"))
		switch v := r.need("is"); v {
		case "nil":
			a.Nil = true
		case "non-nil":
		case "true", "false":
			a.Cond, a.True = true, v == "true"
		default:
			r.fail("is=%s: want nil, non-nil, true or false", v)
		}
		f.Assumes = append(f.Assumes, a)
	case "pure":
		f.Pure, f.Prefix = true, r.only("says", "prefix")
	case "block":
		p.block(r, f)
	case "twin":
		p.twin(r, f)
	case "context":
		p.context(r, f)
	case "accept":
		p.accept(r, f)
	case "timer":
		p.timer(r, f)
	case "fresh", "listen", "serve", "slurp":
		p.serving(r, f)
	case "nowait":
		f.NoWait = true
	case "shared":
		i, _ := r.ref("arg", r.need("arg"))
		f.Shared = append(f.Shared, i)
	case "deadline":
		i, _ := r.ref("arg", r.need("arg"))
		f.Sets = append(f.Sets, i)
	default:
		if !p.valueRow(r, f) && !p.growthRow(r, f) && !p.cacheRow(r, f) {
			r.fail("unknown word %q", r.word)
		}
	}
}
