package growth_test

import "testing"

// TestReach says how the program comes to an insert.
func TestReach(t *testing.T) {
	checkContainers(t, `
var called = map[string]int{} // f1 called

func f1(k string) { called[k] = 1 }

var onMiss = map[string]int{} // f2 on miss

func f2(k string) {
	if _, ok := onMiss[k]; !ok {
		onMiss[k] = 1
	}
}

var onContext = map[string]int{} // f3 with context

func f3(ctx context.Context, k string) { onContext[k] = 1 }

var ofProcess = map[string]int{} // runAll called

func fresh() string

func runAll(ctx context.Context) { ofProcess[fresh()] = 1 }

var endless = map[string]int{} // f4 endless

func f4(ch chan string) {
	for {
		endless[<-ch] = 1
	}
}

var ends = map[string]int{} // f5 called

func f5(ch chan string) {
	for k := range ch {
		ends[k] = 1
	}
}

var inRequest = map[string]int{} // f6 request

func f6(r *request) { inRequest[r.Path] = 1 }

var throughCalls = map[string]int{} // f7 request

func f7(k string) { throughCalls[k] = 1 }
func f8(k string) { f7(k) }
func f9(k string) { f8(k) }

func f10(r *request) { f9(r.Path) }

var tooFar = map[string]int{} // g0 called

func g0(k string) { tooFar[k] = 1 }
func g1(k string) { g0(k) }
func g2(k string) { g1(k) }
func g3(k string) { g2(k) }
func g4(r *request) { g3(r.Path) }

var mutual = map[string]int{} // h0 called

func h0(k string) {
	mutual[k] = 1
	h1(k)
}

func h1(k string) { h0(k) }

func h2(k string) { h1(k) }

var inLiteral = map[string]int{} // h3 request

func h3(r *request) {
	later(func() { inLiteral[r.Path] = 1 })
}

var ofLiteral = map[string]int{} // h4 request

func h4() {
	later2(func(r *request) { ofLiteral[r.Path] = 1 })
}

func later2(f func(*request))

var computed = map[string]string{} // h5 on miss memo

func h5(k string) {
	if computed[k] == "" {
		computed[k] = text(k)
	}
}

var computedOfMore = map[string]string{} // h6 on miss

func h6(k, v string) {
	if computedOfMore[k] == "" {
		computedOfMore[k] = text(v)
	}
}

var both bag // h7 on miss

func h7(k string) {
	if both.get(k) == nil {
		both.put(k, 1)
	}
}
`)
}

// TestRefused: what is there already is an error, so that the text says of what
// there is one.
func TestRefused(t *testing.T) {
	checkContainers(t, `
type failure struct{}

func (*failure) Error() string { return "" }

var errDup error = &failure{}

var panics = map[string]int{} // finite

func f1(k string) {
	if _, dup := panics[k]; dup {
		panic("twice")
	}
	panics[k] = 1
}

var fails = map[string]int{} // finite

func f2(k string) error {
	if _, dup := fails[k]; dup {
		return errDup
	}
	fails[k] = 1
	return nil
}

var failsNot = map[string]int{} // f3 on miss

func f3(k string) error {
	if _, dup := failsNot[k]; dup {
		return nil
	}
	failsNot[k] = 1
	return nil
}

var failsElse = map[string]*failure{} // finite

func f4(k string) (n int, err error) {
	if failsElse[k] != nil {
		return 0, errDup
	}
	failsElse[k] = &failure{}
	return 1, nil
}

var failsDeferred = map[string]bool{} // finite

func f5(k string) (err error) {
	defer std(1)
	if failsDeferred[k] {
		return errDup
	}
	failsDeferred[k] = true
	return nil
}

var failsUnlessThere = map[string]int{} // finite

func f6(k string) error {
	if _, ok := failsUnlessThere[k]; !ok {
		return errDup
	}
	failsUnlessThere[k] = 1
	return nil
}

var failsOnOther = map[string]int{} // f7 called

func f7(k, l string) error {
	if _, dup := failsOnOther[l]; dup {
		return errDup
	}
	failsOnOther[k] = 1
	return nil
}
`)
}

// TestRationed: a size that the program keeps is checked.
func TestRationed(t *testing.T) {
	checkContainers(t, `
type cache struct {
	n, max int
	m      map[string]int // finite
	free   map[string]int // add request
	args   map[string]int // add2 request
}

func (c *cache) put(r *request) {
	if c.n >= c.max {
		return
	}
	c.n++
	c.m[r.Path] = 1
}

func (c *cache) add(r *request) {
	if c.n >= c.max {
		std(1)
	}
	c.free[r.Path] = 1
}

func (c *cache) add2(r *request, n int) {
	if n < 10 {
		c.args[r.Path] = 1
	}
}

var total int

var counted = map[string]int{} // finite

func count(r *request) {
	if total < 1000 {
		total++
		counted[r.Path] = 1
	}
}

var nilFirst map[string]int // finite

func fill(r *request) {
	if nilFirst == nil {
		nilFirst = map[string]int{}
		nilFirst[r.Path] = 1
	}
}

var emptyFirst = map[string]int{} // finite

func fillEmpty(r *request) {
	if len(emptyFirst) == 0 {
		for _, k := range r.Keys {
			emptyFirst[k] = 1
		}
	}
}

var handedWhenEmpty = map[string]int{} // finite

func handWhenEmpty(r *request) {
	if handedWhenEmpty == nil {
		store(handedWhenEmpty, r.Path)
	}
}

func store(m map[string]int, k string) { m[k] = 1 }
`)
}
