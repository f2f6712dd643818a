package origin_test

import (
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/origin"
)

// TestRender spells values about as the code does, or not at all.
func TestRender(t *testing.T) {
	c := build(t, `
var top = &request{}

type wrapped struct {
	*request
	url
	n int
}

func name(r *request, s string, w *wrapped, m map[string]map[string]string, i int, l []string, f func() string) {
	see(s) // s
	see(r.Path) // r.Path
	see(r.URL.Host) // r.URL.Host
	see(r.Prev.Prev.URL.Host) // r.Prev.Prev.URL.Host
	see(w.Path) // w.Path
	see(w.Host) // w.Host
	see(top.Path) // top.Path
	see(r.Form("x")) // r.Form("x")
	see(r.Form(s)) // r.Form(s)
	see(r.Form(s + "x")) // r.Form(…)
	see(few()) // p.few()
	see(strings.ToLower(r.Path)) // strings.ToLower(r.Path)
	see(fmt.Sprint()) // fmt.Sprint()
	see(fmt.Sprint(s)) // fmt.Sprint(…)
	see(concat("a\n", s)) // p.concat("a\n", s)
	see(itoa(12)) // p.itoa(12)
	see(m["a"][s]) // m["a"][s]
	see(l[i]) // l[i]
	see(l[3]) // l[3]
	see(s[1:]) // s
	see(string(l[0])) // l[0]
	see("a") // "a"
	all(s) // s
	all(r) // r
	all(nil) // nil
	num(w.n) // w.n
	see(s + "x") //
	see(f()) //
	see(func() string { return s }()) //
	see(r.Form(strings.Repeat("a long argument that goes on and on and on and on", 3))) //
	see(r.Prev.Prev.Prev.Prev.Prev.Prev.Prev.Prev.Path) //
}

func results(r *request, m map[string]string, e error, iface interface{ Name(int) string }) {
	n, err := atoi(r.Path)
	num(n) // p.atoi(r.Path)
	see(fmt.Sprint(err)) // fmt.Sprint(…)
	v, _ := m["a"]
	see(v) // m["a"]
	see(e.Error()) // e.Error()
	see(iface.Name(3)) // iface.Name(3)
	host, _, _ := strings.Cut(r.URL.Host, ":")
	see(host) // strings.Cut(r.URL.Host, ":")
}

func locals(r *request) {
	var o request
	decode(r.Body, &o)
	see(o.Path) // o.Path
	p := new(request)
	decode(r.Body, p)
	see(p.Path) // request.Path
	q := &request{Path: "a"}
	see(q.Path) // request.Path
	func() {
		see(o.Path) // o.Path
		see(r.Path) // r.Path
	}()
	for _, part := range r.Parts {
		see(part) //
	}
}
`)
	c.check(t, seen, func(call *ssa.Call) string { return origin.Render(call.Call.Args[0]) })
}
