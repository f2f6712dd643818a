package origin_test

import "testing"

// TestComparisons: whatever is equal to one of few, there is one of few.
func TestComparisons(t *testing.T) {
	checkSeen(t, `
func equal(r *request, other string, m string) {
	p := r.Path
	if p == "a" {
		see(p) // finite
	} else {
		see(p) // any r.Path
	}
	if p != "b" {
		see(p) // any r.Path
		return
	}
	see(p) // finite
}

func places(r *request) {
	if r.Path == "a" {
		see(r.Path) // finite
		see(r.URL.Host) // any r.URL.Host
	}
	if r.Form("x") == "a" {
		see(r.Form("x")) // finite
		see(r.Form("y")) // any r.Form("y")
	}
	if r.Header["a"] == "b" {
		see(r.Header["a"]) // finite
		see(r.Header["b"]) // any r.Header["b"]
	}
	if strings.ToLower(r.Path) == "a" {
		see(r.Path) // finite
		see(strings.ToLower(r.Path)) // finite
	}
	if strings.TrimSpace(r.URL.Query) == "a" {
		see(strings.ToUpper(r.URL.Query)) // finite
	}
	if strings.TrimPrefix(r.URL.Host, r.Path) == "a" {
		see(r.URL.Host) // any r.URL.Host
	}
}

func with(r *request, s string) {
	p := r.Path
	if p == few() {
		see(p) // finite
	}
	if p == s {
		see(p) // finite
	}
	if p == mystery("") {
		see(p) // finite
	}
	if p == id() {
		see(p) // any r.Path
	}
	if r.Form("a") == r.Form("b") {
		see(r.Form("a")) // any r.Form("a")
	}
	if p == lower(p) {
		see(p) // any r.Path
	}
}

func switches(r *request) {
	p := r.Path
	switch p {
	case "a", "b":
		see(p) // finite
	case "c":
		see(p) // finite
		fallthrough
	case "d":
		see(p) // finite
	default:
		see(p) // any r.Path
		p = "other"
	}
	see(p) // finite
}

func leaky(r *request) {
	p := r.Path
	switch p {
	case "a", "b":
	default:
		if r.Secure {
			p = "other"
		}
	}
	see(p) // any r.Path
}

func conditions(r *request) {
	p := r.Path
	switch {
	case p == "a":
		see(p) // finite
	case p == "b", len(p) == 3:
		see(p) // any r.Path
	case r.Secure && p == "d":
		see(p) // finite
	}
}

func chain(r *request) string {
	p := r.Path
	if p == "a" {
		see(p) // finite
	} else if p == "b" {
		see(p) // finite
	} else if p != "c" {
		see(p) // any r.Path
		p = ""
	}
	see(p) // finite
	return p
}

func ways(r *request) {
	p := r.Path
	if p != "a" {
		if p != "b" {
			return
		}
		see(p) // finite
	}
	see(p) // finite
	q := r.Form("q")
	if q != "a" {
		if r.Secure {
			return
		}
	}
	see(q) // any r.Form("q")
}

func variable(r *request, keep func(*string)) {
	var p string
	keep(&p)
	p = r.Path
	if p != "a" && p != "b" {
		p = "other"
	}
	see(p) // finite
	p = r.Path
	if len(p) > 3 {
		p = "long"
	}
	see(p) // any r.Path
}

func loops(r *request, n int) {
	p := r.Path
	for p != "a" {
		see(p) // any r.Path
		p = r.Form("next")
	}
	see(p) // finite
	q := r.Form("q")
	if q != "a" {
		return
	}
	for range n {
		see(q) // finite
	}
}
`)
}

// TestLogic looks through !, && and ||.
func TestLogic(t *testing.T) {
	checkSeen(t, `
func and(r *request, c bool) {
	p := r.Path
	if c && p == "a" {
		see(p) // finite
	} else {
		see(p) // any r.Path
	}
	if p == "a" && c {
		see(p) // finite
	}
	if p != "a" && p != "b" {
		see(p) // any r.Path
		return
	}
	see(p) // finite
}

func or(r *request, c bool) {
	p := r.Path
	if p == "a" || p == "b" {
		see(p) // finite
	}
	if p == "a" || c {
		see(p) // any r.Path
	}
	if !c || p != "a" {
		return
	}
	see(p) // finite
}

func not(r *request) {
	p := r.Path
	if !(p == "a") {
		see(p) // any r.Path
	} else {
		see(p) // finite
	}
	if !(p == "a" || p == "b") {
		return
	}
	see(p) // finite
}

func kept(r *request, c bool) {
	p := r.Path
	ok := p == "a"
	if ok {
		see(p) // finite
	}
	both := c && (p == "a" || p == "b")
	if both {
		see(p) // finite
	}
	if !both {
		see(p) // any r.Path
		return
	}
	see(p) // finite
}

func merged(r *request, c bool) {
	p := r.Path
	ok := false
	if c {
		ok = p == "a"
	}
	if ok {
		see(p) // finite
	}
	ok = true
	if c {
		ok = p == "a"
	}
	if ok {
		see(p) // any r.Path
	}
}
`)
}

// TestTables looks values up.
func TestTables(t *testing.T) {
	checkSeen(t, `
var known = map[string]bool{"a": true}
var names = map[string]string{"a": "b"}
var kinds = map[string]*request{}

func tables(r *request) {
	p := r.Path
	if known[p] {
		see(p) // finite
	}
	if !known[p] {
		see(p) // any r.Path
	}
	if name, ok := names[p]; ok {
		see(p) // finite
		see(name) // finite
	}
	if name := names[p]; name != "" {
		see(p) // finite
		see(name) // finite
	}
	if names[p] == "" {
		see(p) // any r.Path
	}
	see(names[p]) // finite
	if kinds[p] == nil {
		see(p) // any r.Path
		return
	}
	see(p) // finite
}

func others(r *request, given map[string]int) {
	p := r.Path
	if n, ok := given[p]; ok {
		see(p) // finite
		num(n) // finite, by given
	}
	if known[r.Form("a")] {
		see(p) // any r.Path
	}
	if given[p] != 0 {
		see(p) // finite
	}
	if given[p] != 3 {
		see(p) // any r.Path
	}
}

// A set that takes no more than so many.
type set struct {
	seen map[string]bool
	max  int
}

func (s *set) admit(r *request) {
	p := r.Path
	if len(s.seen) >= s.max {
		return
	}
	s.seen[p] = true
	see(p) // finite
}
`)
}

// TestRanges: a number between two others may be one of few.
func TestRanges(t *testing.T) {
	checkSeen(t, `
func ranges(r *request) {
	n := r.Size
	if n < 10 {
		num(n) // unknown
	}
	if n > 10 {
		num(n) // unknown
		return
	}
	if n >= 0 && n <= 9 {
		num(n) // unknown
	}
	if r.Size > 5 {
		return
	}
	see(itoa(r.Size)) // unknown
}

func capped(r *request) {
	n := r.Size
	if n > 10 {
		n = 10
	}
	num(n) // unknown
	m := r.Size
	if m == 3 {
		num(m) // finite
	}
}

func texts(r *request) {
	if len(r.Path) < 10 {
		see(r.Path) // any r.Path
	}
	if r.Path < "m" {
		see(r.Path) // any r.Path
	}
}
`)
}
