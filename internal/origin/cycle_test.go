package origin_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/origin"
)

// TestCycles follows what leads back to itself, and comes to an end.
func TestCycles(t *testing.T) {
	checkSeen(t, `
type node struct {
	Name  string
	next  *node
	kids  []*node
	links map[string]*node
	in    chan *node
}

func list(head *node) {
	for n := head; n != nil; n = n.next {
		see(n.Name) // finite, by head.Name
	}
	n := head
	for n.next != nil {
		n = n.next
	}
	see(n.Name) // finite, by head.Name
}

func sent(r *request) {
	for q := r; q != nil; q = q.Prev {
		see(q.URL.Host) // any
	}
}

func escaped(head *node, keep func(**node)) {
	n := head
	keep(&n)
	for n != nil {
		see(n.Name) // finite, by head.Name
		n = n.next
	}
}

func captured(head *node) {
	n := head
	step := func() { n = n.next }
	for n != nil {
		step()
		see(n.Name) // finite, by head.Name
	}
}

func retried(s string, n int) error {
	var err error
	for range n {
		for range n {
			if err == nil {
				err = checkLong(s)
			}
		}
	}
	return err
}

func checkLong(s string) error {
	if len(s) > 9 {
		return errLong
	}
	return nil
}

var errLong = failure()

func failure() error { return nil }

func checkedInLoops(r *request) {
	if retried(r.Path, 3) != nil {
		return
	}
	see(r.Path) // any r.Path
}

func swapped(r *request) {
	type pt struct{ a, b string }
	a := pt{a: "x", b: r.Path}
	b := a
	a = b
	see(a.a) // finite
	p, q := &pt{a: r.Path}, &pt{}
	*p, *q = *q, *p
	see(q.a) // any r.Path
}

func rotated(r *request, n int) {
	x, y, z := "a", "b", r.Path
	for range n {
		x, y, z = y, z, x
	}
	see(x) // any r.Path
	u, v := "a", "b"
	for range n {
		u, v = v, u
	}
	see(v) // finite
}

func nested(r *request, n int) {
	x, y := "a", "b"
	for range n {
		for range n {
			for range n {
				x, y = y, lower(x)
			}
			y = x
		}
		x = lower(y)
	}
	see(x) // finite
	v, w := "a", "b"
	for range n {
		for range n {
			v, w = w, v
			if n > 3 {
				w = r.Path
			}
		}
	}
	see(v) // any r.Path
}

func self(m map[string]any, c chan any, l []any) {
	m["m"] = m
	l[0] = l
	c <- c
	all(m["m"]) // finite, by m
	all(l[0]) // finite, by l
	all(<-c) // finite, by c
	own := map[string]any{}
	own["own"] = own
	all(own["own"]) // finite
	items := make([]any, 3)
	items[0] = items
	all(items[1]) // finite
}

var (
	ping = "a"
	pong = "b"
)

func exchange() {
	ping, pong = pong, ping
	see(ping) // finite
}

type state struct{ now, then string }

func (s *state) turn() {
	s.now, s.then = s.then, s.now
	see(s.now) // finite
}

func (s *state) pass(what string) {
	s.then = what
	s.pass(s.now)
}
`)
}

// steps returns how many questions the engine asks about all that is seen in a
// source, and what it finds at last.
func steps(t *testing.T, source string) (n int, last string) {
	t.Helper()
	c := build(t, source)
	tracer := origin.NewTracer(c.eff)
	for _, call := range c.calls(seen...) {
		last = describe(tracer.Of(call.Call.Args[0], call.Block()))
	}
	return c.eff.asked, last
}

// TestSteps holds functions of many branches against such with a tenth of them:
// each use may cost as much as there are branches before it, and no more.
func TestSteps(t *testing.T) {
	repeat := func(n int, line string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(line, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for _, tt := range []struct {
		name   string
		source func(n int) string
		most   int // times the steps, with ten times the lines
		want   string
	}{
		{"branches", func(n int) string {
			return "func f(r *request) {\np := r.Path\n" +
				repeat(n, "if strings.HasPrefix(p, \"x#\") { num(#) }\n") + "see(p)\n}\n"
		}, 12, "any r.Path"},
		{"comparisons", func(n int) string {
			return "func f(r *request, list []string) {\np := r.Path\n" + repeat(n, "if p == mystery(\"x#\") { num(#); p += \"x\" }\n") + "see(p)\n}\n"
		}, 12, "any r.Path"},
		{"cases", func(n int) string {
			return "func f(r *request) {\nq := \"\"\n" + repeat(n, "if strings.HasPrefix(r.Path, \"#\") { q += r.Path }\n") + "see(q)\n}\n"
		}, 110, "any r.Path"},
		{"phis", func(n int) string {
			return "func f(r *request) {\np := \"a\"\n" + repeat(n, "if r.Form(\"#\") != \"\" { p = lower(p) }\n") + "see(p)\n}\n"
		}, 12, "finite"},
		{"many uses", func(n int) string {
			return "func f(r *request) {\np := r.Path\n" + repeat(n, "if strings.HasPrefix(p, \"x#\") { see(p) }\n") + "}\n"
		}, 120, "any r.Path"},
		{"stores", func(n int) string {
			return "func keep(*string)\nfunc f(r *request) {\nvar p string\nkeep(&p)\n" + repeat(n, "if r.Form(\"#\") != \"\" { p = lower(p) }\n") + "see(p)\n}\n"
		}, 12, "finite"},
		{"calls", func(n int) string {
			return "func f0(r *request) string { return \"a\" }\n" +
				repeat(n, "func g#(r *request) string { return f0(r) + few() }\n") +
				"func f(r *request) {\np := \"\"\n" + repeat(n, "p += g#(r)\n") + "see(p)\n}\n"
		}, 12, "finite"},
		{"each with all", func(n int) string {
			return "func f(r *request) {\np := r.Path\n" + repeat(n, "q# := lower(p)\nif p == q# { see(q#) }\n") + "}\n"
		}, 150, "any r.Path"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			few, _ := steps(t, tt.source(100))
			many, got := steps(t, tt.source(1000))
			if got != tt.want && got != "unknown" {
				t.Errorf("got %s, want %s or unknown", got, tt.want)
			}
			t.Logf("%d, %d", few, many)
			if few == 0 || many > tt.most*few {
				t.Errorf("%d steps with 100 lines, %d with 1000", few, many)
			}
		})
	}
}
