package leakapi

import "go/version"

// TimerKind says what a function of a Timer row makes.
type TimerKind uint8

const (
	Once    TimerKind = iota + 1 // a channel that gets one value, later
	Ticking                      // a channel that gets values again and again
	Later                        // a timer that runs argument Arg later
	Until                        // nothing: argument Arg, a channel, gets values until Stop is called with it
)

var timerWords = map[string]TimerKind{"once": Once, "ticking": Ticking, "later": Later, "until": Until}

// Timer is what the tables say of a function and time, or of what else comes again.
type Timer struct {
	Kind      TimerKind
	Arg       int    // for Later and Until
	Stop      string // for Until: the key of the function
	Collected string // the Go version, such as go1.23, since which what nothing refers to is collected; "" if it never is
}

// CollectedIn reports whether what was made in a file of a Go version is collected once
// nothing refers to it, if it is since another.
func CollectedIn(since, file string) bool {
	return since != "" && (file == "" || version.Compare(file, since) >= 0)
}

func (p *parser) timer(r *row, f *Func) {
	word := r.need("kind")
	kind, ok := timerWords[word]
	if !ok {
		r.fail("unknown kind=%s: want once, ticking, later or until", word)
	}
	t := &Timer{Kind: kind, Collected: r.goVersion("collected")}
	if kind == Later || kind == Until {
		t.Arg = r.index("arg", r.need("arg"))
	}
	if kind == Until {
		t.Stop = r.need("stop")
	}
	f.Timer = t
}

// goVersion takes an attribute that is a Go version, or nothing.
func (r *row) goVersion(name string) string {
	v := r.take(name)
	if v != "" && !version.IsValid(v) {
		r.fail("%s=%s is no Go version such as go1.23", name, v)
	}
	return v
}

// Times reports whether there are rows on timers of a package.
func (t *Tables) Times(pkg string) bool {
	return t.has(pkg, func(x *index) words { return x.timePkgs })
}
