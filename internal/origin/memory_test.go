package origin_test

import "testing"

// TestFields looks at what the package stores in its fields and variables.
func TestFields(t *testing.T) {
	checkSeen(t, `
type server struct {
	last   string
	fixed  string
	never  string
	given  string
	Public string
	Loose  string
	sub    struct{ inner string }
	kind   color
	owners map[string]string
	names  map[string]bool
	queue  chan string
	list   []string
}

func (s *server) remember(r *request) {
	s.last = r.Path
	s.fixed = "a"
	s.Public = "a"
	s.Loose = r.Path
	s.sub.inner = r.URL.Host
	s.owners[r.Path] = "a"
	s.names[r.URL.Host] = true
	s.queue <- r.URL.Query
	s.list = append(s.list, r.Form("list"))
}

func (s *server) give(what string) { s.given = what }

func (s *server) handle(r *request) { s.give(r.Form("what")) }

func (s *server) flush() {
	see(s.last) // any r.Path
	see(s.fixed) // finite
	see(s.never) // finite
	see(s.given) // any r.Form("what")
	see(s.Public) // finite, by s.Public
	see(s.Loose) // any r.Path
	see(s.sub.inner) // any r.URL.Host
	all(s.kind) // finite
	see(s.list[0]) // any r.Form("list")
	see(<-s.queue) // any r.URL.Query
	for path, owner := range s.owners {
		see(path) // any r.Path
		see(owner) // finite
	}
	for host := range s.names {
		see(host) // any r.URL.Host
	}
	see(s.owners["a"]) // finite
	for _, l := range s.list {
		see(l) // any r.Form("list")
	}
}

var (
	global  = "a"
	written string
	table   = map[string]string{}
	Shared  = "a"
)

func set(r *request) {
	written = r.Path
	table[r.Path] = r.URL.Host
}

func use() {
	see(global) // finite
	see(written) // any r.Path
	see(table["a"]) // any r.URL.Host
	for k, v := range table {
		see(k) // any r.Path
		see(v) // any r.URL.Host
	}
	see(Shared) // unknown
}

// A field that is given a literal.
type job struct{ what, who string }

func newJob(what string) *job { return &job{what: what, who: "me"} }

func start(r *request) { go newJob(r.Path).run() }

func (j *job) run() {
	see(j.what) // any r.Path
	see(j.who) // finite
}

// What somebody else may pass is not known.
type task struct{ what string }

func NewTask(what string) *task { return &task{what} }

func (t *task) run() { see(t.what) } // unknown

func plain(t task) { see(t.what) } // unknown
`)
}

// TestOwn looks at structs that a function makes itself.
func TestOwn(t *testing.T) {
	checkSeen(t, `
type entry struct {
	who, what string
}

func own(r *request, s string) {
	e := entry{who: r.Path, what: "a"}
	see(e.who) // any r.Path
	see(e.what) // finite
	p := &entry{who: "b", what: s}
	see(p.who) // finite
	see(p.what) // finite, by s
	q := &entry{}
	q.who = r.URL.Host
	see(q.who) // any r.URL.Host
	var v entry
	v.what = r.Form("x")
	see(v.what) // any r.Form("x")
	see(struct{ a, b string }{"a", r.Path}.b) // any r.Path
	c := e
	see(c.who) // any r.Path
	see(c.what) // finite
	n := new(entry)
	n.who = "n"
	see(n.who) // finite
}

type result struct{ who, what string }

func made(r *request) result { return result{who: r.Path, what: "a"} }

func pointed(r *request, what string) *result { return &result{r.Path, what} }

func results(r *request) {
	see(made(r).who) // any r.Path
	see(pointed(r, "a").who) // any r.Path
	see(pointed(r, "b").what) // finite
}
`)
}

// TestLists looks at lists and their elements.
func TestLists(t *testing.T) {
	checkSeen(t, `
func literals(r *request, i int, s string) {
	l := []string{"a", r.Path, s}
	see(l[0]) // finite
	see(l[1]) // any r.Path
	see(l[2]) // finite, by s
	see(l[i]) // any r.Path, by s
	a := [2]string{"a", r.Path}
	see(a[1]) // any r.Path
	b := [2]string{"a", "b"}
	see(b[0]) // finite
	see(b[i]) // finite
	for _, x := range l {
		see(x) // any r.Path, by s
	}
	for _, x := range []string{"a", "b"} {
		see(x) // finite
	}
	for i, x := range []string{r.Path} {
		num(i) // unknown
		see(x) // any r.Path
	}
	see(strings.Join(l, ".")) // any r.Path, by s
}

func made(r *request, n int) {
	m := make([]string, n)
	for i := range m {
		m[i] = "x"
	}
	see(m[0]) // finite
	l := make([]string, n)
	l[n-1] = r.Path
	see(l[0]) // any r.Path
}

func appended(r *request, given []string) {
	var l []string
	l = append(l, "a")
	see(l[0]) // finite
	l = append(l, r.Path)
	see(l[0]) // any r.Path
	see(append([]string{"a"}, r.Path)[1]) // any r.Path
	see(append(given, "a")[0]) // finite, by given
	see(append(given, r.Parts...)[0]) // any r.Parts, by given
	see(append([]string(nil), "a", "b")[0]) // finite
}

func structs(r *request) {
	for _, p := range []struct{ key, value string }{{"a", r.Path}, {"b", "c"}} {
		see(p.key) // finite
		see(p.value) // any r.Path
	}
}

func cut(r *request) {
	l := []string{"a", r.Path}[1:]
	see(l[0]) // any r.Path
	host, path, _ := strings.Cut(r.URL.Host, ":")
	see(host) // any r.URL.Host
	see(path) // any r.URL.Host
}
`)
}

// TestMaps looks at maps and their keys.
func TestMaps(t *testing.T) {
	checkSeen(t, `
func literals(r *request, s string) {
	m := map[string]string{"a": "b", "c": r.Path}
	see(m["a"]) // any r.Path
	see(m[s]) // any r.Path
	f := map[string]string{"a": "b"}
	see(f[r.Path]) // finite
	v, ok := f[r.Path]
	see(v) // finite
	all(ok) // finite
	g := map[string]string{"a": "b"}
	g["x"] = s
	see(g["a"]) // finite, by s
	see(map[bool]string{true: "a", false: "b"}[r.Secure]) // finite
}

func ranges(r *request, given map[string]string) {
	m := map[string]string{"a": r.Path}
	for k, v := range m {
		see(k) // finite
		see(v) // any r.Path
	}
	n := map[string]string{}
	n[r.Path] = "a"
	for k, v := range n {
		see(k) // any r.Path
		see(v) // finite
	}
	for k, v := range given {
		see(k) // unknown
		see(v) // finite, by given
	}
	for k, v := range r.Header {
		see(k) // any
		see(v) // any
	}
	for i, c := range r.Path {
		num(i) // any r.Path
		all(c) // any r.Path
	}
}
`)
}
