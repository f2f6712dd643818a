package origin_test

import "testing"

// TestHelpers asks functions whether a value is one of few.
func TestHelpers(t *testing.T) {
	checkSeen(t, `
func isOne(s string) bool { return s == "a" || s == "b" }

func isNot(s string) bool { return s != "a" }

func isFew(s string) bool {
	switch s {
	case "a", "b":
		return true
	}
	return false
}

func isShort(s string) bool { return len(s) < 3 }

func isListed(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

func isThrough(s string) bool { return isOne(lower(s)) || isFew(s) }

func isDeferred(s string) (ok bool) {
	defer func() { recover() }()
	if s == "a" {
		return true
	}
	return false
}

func bools(r *request) {
	p := r.Path
	if isOne(p) {
		see(p) // finite
	}
	if !isOne(p) {
		see(p) // any r.Path
	}
	if !isNot(p) {
		see(p) // finite
	}
	if isNot(p) {
		see(p) // any r.Path
	}
	if isFew(p) {
		see(p) // finite
	}
	if isShort(p) {
		see(p) // any r.Path
	}
	if isListed(p, []string{"a"}) {
		see(p) // finite
	}
	if isDeferred(p) {
		see(p) // finite
	}
	if isOne(strings.ToLower(p)) {
		see(p) // finite
	}
	if r.Secure && !isOne(p) {
		return
	}
	see(p) // any r.Path
}

func check(s string) error {
	if s != "a" && s != "b" {
		return errors.New("neither")
	}
	return nil
}

var errNone = errors.New("none")

func checkKept(s string) error {
	if s == "a" {
		return nil
	}
	return errNone
}

type failure struct{}

func (*failure) Error() string { return "" }

func checkMade(s string) error {
	if s == "a" {
		return nil
	}
	return &failure{}
}

func checkLength(s string) error {
	if len(s) > 9 {
		return fmt.Errorf("%s is long", s)
	}
	return nil
}

func parse(s string) (int, error) {
	switch s {
	case "a":
		return 1, nil
	}
	return 0, errNone
}

func errs(r *request) {
	p := r.Path
	if err := check(p); err != nil {
		see(p) // any r.Path
	} else {
		see(p) // finite
	}
	if check(p) == nil {
		see(p) // finite
	}
	if checkKept(p) == nil {
		see(p) // finite
	}
	if checkMade(p) == nil {
		see(p) // finite
	}
	if checkLength(p) == nil {
		see(p) // any r.Path
	}
	if _, err := parse(p); err != nil {
		return
	}
	see(p) // finite
}
`)
}

// TestMaybe: what may be a bound somewhere that cannot be seen says nothing.
func TestMaybe(t *testing.T) {
	checkSeen(t, `
func opaques(r *request) {
	p := r.Path
	if opaque(p) {
		see(p) // unknown
	}
	if !opaque(p) {
		see(p) // any r.Path
	}
	if opaqueCheck(p) == nil {
		see(p) // unknown
	}
	if err := opaqueCheck(p); err != nil {
		see(p) // any r.Path
		return
	}
	see(p) // unknown
	if p == "a" {
		see(p) // finite
	}
}

type settings struct{ strict bool }

func (s *settings) ok(p string) bool {
	if s.strict {
		return p == "a"
	}
	return true
}

func (s *settings) delegate(p string) error { return opaqueCheck(p) }

func configured(r *request, s *settings) {
	p := r.Path
	if s.ok(p) {
		see(p) // unknown
	}
	if !s.ok(p) {
		see(p) // any r.Path
	}
	if s.delegate(p) == nil {
		see(p) // unknown
	}
}

type checker interface{ ok(string) bool }

func dynamic(r *request, c checker, f func(string) bool) {
	p := r.Path
	if c.ok(p) {
		see(p) // unknown
	}
	if f(p) {
		see(p) // unknown
	}
}

func mixed(r *request) {
	p := r.Path
	if opaque(p) || p == "a" {
		see(p) // unknown
	}
	if opaque(p) && p == "a" {
		see(p) // finite
	}
	q := r.Form("q")
	if !opaque(q) {
		q = "other"
	}
	see(q) // unknown
}

// What is known of an object may be told of its fields.
type input struct{ kind string }

func (in *input) valid() bool { return in.kind == "a" }

func (in *input) nothing() bool { return true }

func (in *input) other(s string) bool { return true }

func valid(r *request) {
	var in input
	decode(r.Body, &in)
	see(in.kind) // any in.kind
	if in.valid() {
		see(in.kind) // unknown
	}
}

func invalid(r *request) {
	var in input
	decode(r.Body, &in)
	if strings.HasPrefix(in.kind, "a") {
		see(in.kind) // any in.kind
	}
	if in.kind == "a" {
		see(in.kind) // finite
	}
}
`)
}

// TestTabled: the tables tell of bounds.
func TestTabled(t *testing.T) {
	checkSeen(t, `
func tabled(r *request, list []string) {
	p := r.Path
	if oneOf(p, "a", "b") {
		see(p) // finite
	}
	if !oneOf(p, "a", "b") {
		see(p) // any r.Path
	}
	if oneOf(p, list...) {
		see(p) // finite
	}
	if index(p) > 0 {
		see(p) // any r.Path
	}
	if slices.Contains(list, p) {
		see(p) // finite
	}
	if slices.Contains(r.Parts, p) {
		see(p) // any r.Path
	}
	if strings.HasPrefix(p, "a") {
		see(p) // any r.Path
	}
}
`)
}
