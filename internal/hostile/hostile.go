// Package hostile writes Go packages of sizes that no author would choose, but
// generators do: what is analysed must not cost more than in proportion.
package hostile

import (
	"fmt"
	"strings"
)

// Shape is a kind of package that can be made as large as one likes.
type Shape struct {
	Name string
	Unit string // what Size counts
	Full int    // the size that is measured
	// Source returns the text of a package of a size.
	Source func(size int) string
}

// Shapes returns all kinds, in a fixed order.
func Shapes() []Shape {
	return []Shape{
		{"function", "lines in a function", 200_000, function},
		{"functions", "functions in a package", 50_000, functions},
		{"switch", "cases of a switch", 10_000, cases},
		{"nesting", "statements around one", 1_000, nesting},
		{"literals", "function literals around one", 1_000, literals},
		{"ring", "functions that call each other", 5_000, ring},
		// With more of them, go/types itself takes long to order the initialisation.
		{"knot", "functions of which each calls ten others", 500, knot},
		{"methods", "types with a method of one interface", 5_000, methods},
		{"variables", "variables whose addresses are taken", 10_000, variables},
		{"joins", "variables that a loop may change", 5_000, joins},
	}
}

// text is a source file being written.
type text struct{ strings.Builder }

func (t *text) f(format string, args ...any) { fmt.Fprintf(t, format+"\n", args...) }

func begin() *text {
	t := new(text)
	t.f("package hostile\n")
	t.f(`import ("context"; "errors"; "io"; "net/http"; "os"; "sync"; "time")`)
	t.f(`var ( _ = context.Background; _ = errors.New; _ io.Reader; _ = http.Get; _ = os.Open; _ sync.Mutex; _ = time.Now )`)
	t.f(`type server struct { mu sync.Mutex; seen map[string]int; answers map[string]error; bodies map[string][]byte }`)
	t.f(`func (s *server) use(r io.Reader) ([]byte, error) { return io.ReadAll(io.LimitReader(r, 1)) }`)
	return t
}

// stanza is what services do all day, with a leak in one of ten.
const stanzaLines = 20

func (t *text) stanza(i int) {
	t.f("resp%d, err := http.Get(url)", i)
	t.f("if err != nil {")
	t.f("	return err")
	t.f("}")
	t.f("data%d, err := s.use(resp%d.Body)", i, i)
	t.f("if err != nil && len(data%d) > %d {", i, i)
	if i%10 != 7 {
		t.f("	resp%d.Body.Close()", i)
	} else {
		t.f("	s.mu.Lock(); s.mu.Unlock()")
	}
	t.f("	return err")
	t.f("}")
	t.f("resp%d.Body.Close()", i)
	t.f("ctx%d, cancel%d := context.WithTimeout(ctx, %d*time.Second)", i, i, i+1)
	t.f("req%d, err := http.NewRequestWithContext(ctx%d, http.MethodGet, url, nil)", i, i)
	t.f("cancel%d()", i)
	t.f("if err != nil {")
	t.f("	s.answers[url] = err")
	t.f("	return err")
	t.f("}")
	t.f("s.mu.Lock()")
	t.f("s.seen[req%d.URL.Path]++", i)
	t.f("s.mu.Unlock()")
}

func function(lines int) string {
	t := begin()
	t.f("func (s *server) all(ctx context.Context, url string) error {")
	for i := range max(1, lines/stanzaLines) {
		t.stanza(i)
	}
	t.f("return nil\n}")
	return t.String()
}

func functions(n int) string {
	t := begin()
	for i := range n {
		t.f("func f%d(ctx context.Context, s *server, url string) error {", i)
		t.stanza(i)
		if i+1 < n {
			t.f("return f%d(ctx, s, url)\n}", i+1)
		} else {
			t.f("return nil\n}")
		}
	}
	return t.String()
}

func cases(n int) string {
	t := begin()
	t.f("func (s *server) step(ctx context.Context, urls []string, ops []int) error {")
	t.f("for i, op := range ops {")
	t.f("url := urls[i]")
	t.f("f, err := os.Open(url)")
	t.f("if err != nil { return err }")
	t.f("switch op {")
	for i := range n {
		t.f("case %d:", i)
		t.f("	resp, err := http.Get(url)")
		t.f("	if err != nil { f.Close(); return err }")
		t.f("	s.bodies[url], err = s.use(resp.Body)")
		t.f("	resp.Body.Close()")
		t.f("	if err != nil { f.Close(); return err }")
	}
	t.f("}\nf.Close()\n}\nreturn nil\n}")
	return t.String()
}

func nesting(n int) string {
	t := begin()
	t.f("func (s *server) deep(ctx context.Context, url string, n int) error {")
	t.f("f, err := os.Open(url)")
	t.f("if err != nil { return err }")
	for i := range n {
		switch i % 4 {
		case 0:
			t.f("if n > %d {", i)
		case 1:
			t.f("for i := 0; i < n+%d; i++ {", i)
		case 2:
			t.f("switch { case n > %d:", i)
		default:
			t.f("for k := range s.seen { if k == url { return f.Close() }")
		}
	}
	t.stanza(0)
	t.f("%s", strings.Repeat("}", n))
	t.f("return f.Close()\n}")
	return t.String()
}

func literals(n int) string {
	t := begin()
	t.f("func (s *server) deep(ctx context.Context, url string, n int) error {")
	t.f("f, err := os.Open(url)")
	t.f("if err != nil { return err }")
	for i := range n {
		t.f("if err := func() error {")
		t.f("n += %d", i)
	}
	t.f("return f.Close()")
	for range n {
		t.f("}(); err != nil { return err }")
		t.f("return nil")
	}
	t.f("}")
	return t.String()
}

func ring(n int) string {
	t := begin()
	for i := range n {
		t.member(i, (i+1)%n, (i+2)%n)
	}
	return t.String()
}

func knot(n int) string {
	t := begin()
	for i := range n {
		next := make([]int, 10)
		for k := range next {
			next[k] = (i*(k+2) + k*k + 1) % n
		}
		t.member(i, next...)
	}
	return t.String()
}

// member writes a function that opens, closes and hands on, and calls others.
func (t *text) member(i int, calls ...int) {
	t.f("func r%d(ctx context.Context, s *server, url string, body io.ReadCloser, n int) (*http.Response, error) {", i)
	t.f("if n == %d { body.Close(); return http.Get(url) }", i)
	for k, c := range calls {
		t.f("if n > %d {", k)
		t.f("resp, err := r%d(ctx, s, url, body, n-%d)", c, k+1)
		t.f("if err != nil { return nil, err }")
		t.f("if resp.StatusCode != %d { return resp, nil }", i)
		t.f("resp.Body.Close()\n}")
	}
	t.f("s.seen[url] = n")
	t.f("return nil, errors.New(url)\n}")
}

func methods(n int) string {
	t := begin()
	t.f("type opener interface { open(ctx context.Context, url string) (io.ReadCloser, error) }")
	for i := range n {
		t.f("type t%d struct { n int; rc io.ReadCloser }", i)
		t.f("func (t *t%d) open(ctx context.Context, url string) (io.ReadCloser, error) {", i)
		t.f("	f, err := os.Open(url)")
		t.f("	if err != nil { return nil, err }")
		t.f("	t.n++")
		t.f("	return f, nil\n}")
		t.f("func via%d(ctx context.Context, s *server, o opener, url string) error {", i)
		t.f("	rc, err := o.open(ctx, url)")
		t.f("	if err != nil { return err }")
		t.f("	_, err = s.use(rc)")
		t.f("	return errors.Join(err, rc.Close())\n}")
	}
	return t.String()
}

func variables(n int) string {
	t := begin()
	t.f("func set(p *int, r io.Reader) { *p++ }")
	t.f("func (s *server) all(ctx context.Context, url string) error {")
	t.f("f, err := os.Open(url)")
	t.f("if err != nil { return err }")
	for i := range n {
		t.f("var v%d int", i)
		t.f("set(&v%d, f)", i)
		t.f("if v%d > 1 { s.seen[url] = v%d }", i, i)
	}
	t.f("return f.Close()\n}")
	return t.String()
}

func joins(n int) string {
	t := begin()
	t.f("func (s *server) all(ctx context.Context, url string) error {")
	t.f("f, err := os.Open(url)")
	t.f("if err != nil { return err }")
	for i := range n {
		t.f("v%d, k%d := %d, url", i, i, i)
	}
	t.f("for i := 0; i < len(url); i++ {")
	for i := range n {
		t.f("if v%d > i { v%d, k%d = v%d+i, k%d }", i, i, i, (i+1)%n, (i+1)%n)
	}
	t.f("}")
	for i := range n {
		t.f("s.seen[k%d] = v%d", i, i)
	}
	t.f("return f.Close()\n}")
	return t.String()
}
