package leakapi_test

import (
	"bufio"
	"io/fs"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
)

const classRow = "class c rule=r holder=h noun=a-thing release=Close,Stop done=closed\n"

func TestParse(t *testing.T) {
	tables, err := leakapi.Parse("t.txt", classRow+`
# A comment, then rows of every word.
type *p/q.T class=c field=A.B empty=N:3-4,M:7 # and a comment behind one
type p.I class=c
package p effect=keep
acquire p.F          result=1.A.B class=c when=ok==true unless=0:m
acquire (p/q.T).M    result=0 class=c when=err!=nil only=1:m iface=no
borrow (*p/q.T).M    arg=0,2.A
keep p.F             arg=* when=err==nil
keep (*p/q.T).Put    arg=1 in=0
close p.G            arg=1
wrap p.G             arg=2 result=3
through p.G          arg=4 result=5
alias p.G            arg=6.A result=7
calls p.G            arg=0 how=now-many
make p.G             arg=1 value=V result=2 mark=m
notowned p.G         result=4
never-nil p.G        result=5
nil-iff p.G          arg=6,1 result=7
assume p.G           arg=8 is=false
assume p.G           arg=9 is=nil
true-needs p.G       arg=10
never-nil p.G        result=3 unless=2
noreturn p.G
fails p.G
pure p.G
class d rule=r noun=n release=R done=d again=harmless
block p.B            on=other-hosts ctx=1 limiter=0 limited=yes
block (p.I).B        on=network
twin p.B             with=C weak=yes
twin (p.I).B         via=With
twin p.C             use=a-b-and-c
context p.C          result=1 is=fresh limited=yes
context p.C          result=2 is=detached
context p.C          result=3 from=4
deadline p.C         arg=5
accept p.C           result=6
offer *p/q.T         get=A.B() weak=yes
limit p/q.T          field=N,M
`)
	if err != nil {
		t.Fatal(err)
	}
	class := &leakapi.Class{Name: "c", Rule: "r", Holder: "h", Noun: "a thing", Release: []string{"Close", "Stop"}, Done: "closed"}
	for _, test := range []struct {
		name      string
		got, want any
	}{
		{"class", tables.Class("c"), class},
		{"harmless", tables.Class("d").Again, true},
		{"type", tables.TypeByKey("*p/q.T"), &leakapi.Type{
			Key: "*p/q.T", Class: class, Path: []string{"A", "B"},
			Empty: []leakapi.Empty{{Field: "N", Lo: 3, Hi: 4}, {Field: "M", Lo: 7, Hi: 7}},
		}},
		{"interface", tables.TypeByKey("p.I"), &leakapi.Type{Key: "p.I", Class: class}},
		{"package", tables.Package("p"), leakapi.Keep},
		{"F", tables.FuncByKey("p.F"), &leakapi.Func{
			Acquires: []leakapi.Acquire{{
				Class: class, Result: 1, Path: []string{"A", "B"}, When: leakapi.NonZero, Unless: leakapi.Mark{Arg: 0, Name: "m"}, Until: -1,
			}},
			Args: []leakapi.Arg{{Index: -1, Effect: leakapi.Keep, When: leakapi.Zero}},
		}},
		{"Put", tables.FuncByKey("(*p/q.T).Put"), &leakapi.Func{
			Args: []leakapi.Arg{{Index: 1, Effect: leakapi.Keep, Cell: true}},
		}},
		{"M", tables.FuncByKey("(p/q.T).M"), &leakapi.Func{
			Acquires: []leakapi.Acquire{{Class: class, When: leakapi.NonZero, Only: leakapi.Mark{Arg: 1, Name: "m"}, Until: -1, NoIface: true}},
		}},
		{"*M", tables.FuncByKey("(*p/q.T).M"), &leakapi.Func{
			Args: []leakapi.Arg{{Index: 0, Effect: leakapi.Borrow}, {Index: 2, Path: []string{"A"}, Effect: leakapi.Borrow}},
		}},
		{"G", tables.FuncByKey("p.G"), &leakapi.Func{
			Args: []leakapi.Arg{
				{Index: 1, Effect: leakapi.Close},
				{Index: 2, Effect: leakapi.Wrap, Result: 3},
				{Index: 4, Effect: leakapi.Through, Result: 5},
				{Index: 6, Path: []string{"A"}, Effect: leakapi.Alias, Result: 7},
			},
			FuncArgs: []leakapi.FuncArg{{Index: 0, How: leakapi.NowMany}},
			Makes:    []leakapi.Made{{Result: 2, Arg: 1, Value: "V", Mark: "m"}},
			NotOwned: []int{4},
			NeverNil: []int{5},
			NilIff:   []leakapi.NilIff{{Args: []int{6, 1}, Result: 7}},
			Assumes:  []leakapi.Assume{{Arg: 8, Cond: true}, {Arg: 9, Nil: true}},
			OfNil:    []leakapi.OfNil{{Arg: 10, Is: leakapi.IsFalse}, {Arg: 2, Result: 3, Is: leakapi.IsNotNil, NonNil: true}},
			NoReturn: true,
			Fails:    true,
			Pure:     true,
		}},
		{"B", tables.FuncByKey("p.B"), &leakapi.Func{
			Block: &leakapi.Block{On: "other hosts", Ctx: 1, Limiter: 0, Limited: true},
			Twin:  &leakapi.Twin{With: "C", Weak: true},
		}},
		{"I.B", tables.FuncByKey("(p.I).B"), &leakapi.Func{
			Block: &leakapi.Block{On: "network", Ctx: -1, Limiter: -1},
			Twin:  &leakapi.Twin{Via: "With"},
		}},
		{"C", tables.FuncByKey("p.C"), &leakapi.Func{
			Twin: &leakapi.Twin{Use: "a b and c"},
			Contexts: []leakapi.Context{
				{Result: 1, Into: -1, From: leakapi.Fresh, Arg: -1, Limited: true},
				{Result: 2, Into: -1, From: leakapi.Detached, Arg: -1},
				{Result: 3, Into: -1, From: leakapi.FromArg, Arg: 4},
			},
			Sets:    []int{5},
			Accepts: []int{6},
		}},
		{"offer", tables.OfferByKey("*p/q.T"), &leakapi.Offer{Get: "A.B()", Weak: true}},
		{"limit", tables.LimitByKey("p/q.T"), []string{"N", "M"}},
		{"offers", tables.OfferKeys(), []string{"*p/q.T"}},
		{"limits", tables.LimitKeys(), []string{"p/q.T"}},
		{"names a wait", tables.NamesBlocking("B"), true},
		{"names a context", tables.NamesBlocking("C"), true},
		{"names neither", tables.NamesBlocking("G"), false},
		{"keys", tables.Keys(), []string{"(*p/q.T).M", "(*p/q.T).Put", "(p.I).B", "(p/q.T).M", "p.B", "p.C", "p.F", "p.G"}},
		{"type keys", tables.TypeKeys(), []string{"*p/q.T", "p.I"}},
		{"of no row", tables.FuncByKey("p.H"), (*leakapi.Func)(nil)},
	} {
		if !reflect.DeepEqual(test.got, test.want) {
			t.Errorf("%s: got %+v, want %+v", test.name, test.got, test.want)
		}
	}
}

func TestParseErrors(t *testing.T) {
	for _, test := range []struct{ row, want string }{
		{"noreturn", "a row needs a word and a key"},
		{"borrow p.F arg", `"arg" is not of the form name=value`},
		{"borrow p.F arg=", `"arg=" is not of the form name=value`},
		{"borrow p.F arg=0 arg=1", "arg is given twice"},
		{"borow p.F arg=0", `unknown word "borow"`},
		{"borrow p.F arg=0 why=not", "unknown attribute why= in a row of borrow"},
		{"noreturn p.F result=0", "unknown attribute result= in a row of noreturn"},
		{"pure F", `"F" is not a function's full name, such as net/http.Get or (*net/http.Client).Do`},
		{"pure (*p.T)", "is not a function's full name"},
		{"pure (*p.T).", "is not a function's full name"},
		{"pure (T).M", "is not a function's full name"},
		{"pure p/q.", "is not a function's full name"},
		{"pure p.F[int]", "is not a function's full name"},
		{"borrow p.F", "borrow p.F lacks arg="},
		{"acquire p.F class=c", "acquire p.F lacks result="},
		{"acquire p.F result=0", "acquire p.F lacks class="},
		{"acquire p.F result=0 class=d", `unknown class "d": a class row must come first`},
		{"type p.T class=d", `unknown class "d": a class row must come first`},
		{"type p.T", "type p.T lacks class="},
		{"acquire p.F result=x class=c", "result=x does not begin with an index"},
		{"acquire p.F result=-1 class=c", "result=-1 does not begin with an index"},
		{"acquire p.F result=.Body class=c", "result=.Body does not begin with an index"},
		{"acquire p.F result=* class=c", "result=* does not begin with an index"},
		{"nil-iff p.F arg=* result=0", "arg=* does not begin with an index"},
		{"assume p.F arg=* is=nil", "arg=* does not begin with an index"},
		{"borrow p.F arg=0,", "arg= does not begin with an index"},
		{"borrow p.F arg=0.", "arg=0. holds an empty field name"},
		{"acquire p.F result=0.A..B class=c", "result=0.A..B holds an empty field name"},
		{"acquire p.F result=0 class=c when=nil", "unknown condition when=nil: want err==nil, err!=nil, ok==true or ok==false"},
		{"acquire p.F result=0 class=c iface=yes", "iface=yes: only iface=no can be said"},
		{"acquire p.F result=0 class=c unless=1", "unless=1 is not of the form ARG:MARK"},
		{"borrow p.F arg=1 in=0", "in=0: only what is kept is in something"},
		{"acquire p.F result=0 class=c only=x:m", "only=x does not begin with an index"},
		{"wrap p.F arg=0", "wrap p.F lacks result="},
		{"through p.F result=0", "through p.F lacks arg="},
		{"alias p.F arg=0", "alias p.F lacks result="},
		{"calls p.F arg=0 how=often", "unknown how=often: want now-once, now-many, deferred, goroutine or stored"},
		{"calls p.F arg=0", "calls p.F lacks how="},
		{"make p.F arg=0 result=0 mark=m", "make p.F lacks value="},
		{"assume p.F arg=0", "assume p.F lacks is="},
		{"assume p.F arg=0 is=maybe", "is=maybe: want nil, non-nil, true or false"},
		{"package p", "package p lacks effect="},
		{"package p effect=eat", "unknown effect=eat: want borrow, close, keep or unknown"},
		{"class d rule=r noun=n release=R", "class d lacks done="},
		{"class d rule=r noun=n release=R done=d again=no", "again=no: only again=harmless can be said"},
		{"type T class=c", `"T" is not a type's full name, such as net/http.Handler or *net/http.Response`},
		{"type p.T class=c empty=N", "empty=N is not a list of Field:N or Field:N-M"},
		{"type p.T class=c empty=N:2-1", "is not a list of Field:N or Field:N-M"},
		{"type p.T class=c empty=:1", "is not a list of Field:N or Field:N-M"},
		{"block p.F", "block p.F lacks on="},
		{"block p.F on=n ctx=x", "ctx=x does not begin with an index"},
		{"block p.F on=n ctx=*", "ctx=* does not begin with an index"},
		{"block p.F on=n ctx=0.A", "ctx=0.A is not an index alone"},
		{"block p.F on=n limiter=-1", "limiter=-1 does not begin with an index"},
		{"block p.F on=n limited=no", "limited=no: only limited=yes can be said"},
		{"twin p.F", "twin p.F needs one of with=, via= and use="},
		{"twin p.F with=G use=H", "twin p.F needs one of with=, via= and use="},
		{"twin p.F with=G weak=no", "weak=no: only weak=yes can be said"},
		{"context p.F is=fresh", "context p.F lacks result="},
		{"context p.F result=0", "context p.F needs one of is=fresh, is=detached and from="},
		{"context p.F result=0 is=old", "context p.F needs one of is=fresh, is=detached and from="},
		{"context p.F result=0 is=fresh from=1", "context p.F needs one of is=fresh, is=detached and from="},
		{"context p.F result=x is=fresh", "result=x does not begin with an index"},
		{"context p.F result=0 from=x", "from=x does not begin with an index"},
		{"context p.F result=0 is=fresh limited=5s", "limited=5s: only limited=yes can be said"},
		{"accept p.F", "accept p.F lacks result="},
		{"accept p.F result=x", "result=x does not begin with an index"},
		{"deadline p.F", "deadline p.F lacks arg="},
		{"deadline p.F arg=*", "arg=* does not begin with an index"},
		{"offer p.T", "offer p.T lacks get="},
		{"offer p.T get=Context() weak=no", "weak=no: only weak=yes can be said"},
		{"offer T get=Context()", `"T" is not a type's full name, such as net/http.Handler or *net/http.Response`},
		{"offer (p.T).M get=Context()", "is not a type's full name"},
		{"limit p.T", "limit p.T lacks field="},
		{"limit p.T field=A,", "limit p.T: an empty field name"},
		{"limit *p.T field=A", "limit *p.T: name the type without *"},
		{"limit *T field=A", "is not a type's full name"},
	} {
		_, err := leakapi.Parse("t.txt", classRow+"\n"+test.row+"\n")
		if err == nil {
			t.Errorf("%s: no error", test.row)
		} else if got := err.Error(); !strings.HasPrefix(got, "t.txt:3: ") || !strings.Contains(got, test.want) {
			t.Errorf("%s:\ngot  %s\nwant t.txt:3: %s", test.row, got, test.want)
		}
	}
}

func TestDuplicates(t *testing.T) {
	for _, row := range []string{
		"class d rule=r noun=n release=R done=d",
		"type p.T class=c",
		"package p effect=keep",
		"acquire p.F result=0 class=c",
		"borrow p.F arg=0",
		"noreturn p.F",
		"block p.F on=n",
		"twin p.F with=G",
		"context p.F result=0 is=fresh",
		"deadline p.F arg=0",
		"accept p.F result=0",
		"offer p.T get=C",
		"limit p.T field=F",
	} {
		_, err := leakapi.Parse("t.txt", classRow+row+"\n# apart\n"+row+"\n")
		words := strings.Fields(row)
		want := "t.txt:4: " + words[0] + " " + words[1] + " stands already at t.txt:2"
		if err == nil || err.Error() != want {
			t.Errorf("%s:\ngot  %v\nwant %s", row, err, want)
		}
	}
	// One key may have several rows of one word, each for another part.
	if _, err := leakapi.Parse("t.txt", classRow+"borrow p.F arg=0\nborrow p.F arg=1\nacquire p.F result=0 class=c\nacquire p.F result=1 class=c\n"); err != nil {
		t.Error(err)
	}
}

func TestWith(t *testing.T) {
	base, err := leakapi.Parse("base.txt", classRow+`
type p.T class=c field=A
package p effect=keep
package q effect=keep
acquire p.F result=0 class=c
borrow p.F arg=0
noreturn p.G
offer p.T get=A
offer p.V get=A
limit p.T field=A
limit p.V field=A
block (p.T).Do on=n ctx=1
`)
	if err != nil {
		t.Fatal(err)
	}
	with, err := base.With("user.txt", `
class mine rule=r noun=n release=Free done=freed
type p.T class=mine
type p.U class=c
package q effect=unknown
acquire p.F result=1 class=mine
keep p.H arg=0
offer p.T get=B
limit p.T field=B
`)
	if err != nil {
		t.Fatal(err)
	}
	f := with.FuncByKey("p.F")
	if len(f.Acquires) != 1 || f.Acquires[0].Result != 1 || len(f.Args) != 0 {
		t.Errorf("a user's row does not replace all rows of its key: %+v", f)
	}
	if ty := with.TypeByKey("p.T"); ty.Class.Name != "mine" || ty.Path != nil {
		t.Errorf("a user's type row does not replace the built-in one: %+v", ty)
	}
	if with.TypeByKey("p.U") == nil || with.FuncByKey("p.H") == nil || !with.FuncByKey("p.G").NoReturn {
		t.Error("rows are lost")
	}
	if with.Package("q") != leakapi.Unknown || with.Package("p") != leakapi.Keep {
		t.Error("package rows are not merged")
	}
	if with.OfferByKey("p.T").Get != "B" || with.OfferByKey("p.V").Get != "A" {
		t.Error("offers are not merged")
	}
	if !slices.Equal(with.LimitByKey("p.T"), []string{"B"}) || !slices.Equal(with.LimitByKey("p.V"), []string{"A"}) {
		t.Error("limits are not merged")
	}
	if !with.NamesBlocking("Do") {
		t.Error("what waits is not merged")
	}
	if base.Class("mine") != nil || base.FuncByKey("p.H") != nil || len(base.FuncByKey("p.F").Args) != 1 {
		t.Error("the tables merged over have changed")
	}
	if same, err := base.With("user.txt", ""); err != nil || same != base {
		t.Errorf("no rows: %v", err)
	}
	if _, err := base.With("conf/user.txt", "\nnoreturn F\n"); err == nil || !strings.HasPrefix(err.Error(), "conf/user.txt:2: ") {
		t.Errorf("the error does not name the file: %v", err)
	}
	if _, err := base.With("user.txt", "noreturn p.F\nnoreturn p.F\n"); err == nil {
		t.Error("duplicates among a user's rows are no error")
	}
}

// valueWords are those of rows that say where values come from and what labels
// series.
var valueWords = []string{
	"bound", "derive", "fill", "finite", "forget", "label", "pair", "pairs",
	"register", "request", "route", "routed", "source", "vector", "weak",
}

// growthWords are those of rows that say what containers hold.
var growthWords = []string{"boundless", "container", "grow", "leaves", "shrink"}

// cacheWords are those of rows that say what is kept for later calls.
var cacheWords = []string{"cache", "evict", "loader", "lookup", "once"}

// serveWords are those of rows that say how connections are served and kept.
var serveWords = []string{"fresh", "listen", "pool", "serve", "server", "slurp"}

// releaseWords are those of rows that say what must be released, and by whom.
var releaseWords = []string{
	"acquire", "alias", "borrow", "close", "keep", "make", "notowned", "through", "type", "wrap",
}

// TestTablesAreTidy holds the embedded files to what makes them easy to read:
// each says first what it is about, and one file says all about a key, about its
// values, about what it holds, about what it releases, or about how it serves.
func TestTablesAreTidy(t *testing.T) {
	names, err := fs.Glob(leakapi.Files(), "tables/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	file := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(leakapi.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		text := string(data)
		if !strings.HasPrefix(text, "# ") {
			t.Errorf("%s: no comment at its head", name)
		}
		for s := bufio.NewScanner(strings.NewReader(text)); s.Scan(); {
			words := strings.Fields(s.Text())
			if len(words) < 2 || words[0] == "#" {
				continue
			}
			key := words[1]
			if slices.Contains(valueWords, words[0]) {
				key = "the values of " + key
			} else if slices.Contains(cacheWords, words[0]) {
				key = "what is kept by " + key
			}
			if slices.Contains(growthWords, words[0]) {
				key = "the growth of " + key
			} else if slices.Contains(releaseWords, words[0]) {
				key = "what is released by " + key
			} else if slices.Contains(serveWords, words[0]) {
				key = "the connections of " + key
			}
			if first := file[key]; first != "" && first != name {
				t.Errorf("%s and %s both speak of %s", first, name, key)
			}
			file[key] = name
		}
	}
	if len(names) == 0 || len(leakapi.Builtin().ClassNames()) == 0 {
		t.Error("no tables")
	}
}

// TestDocumentation holds docs/tables.md to the parser: its examples parse, and
// it explains every word and attribute of the embedded tables.
func TestDocumentation(t *testing.T) {
	data, err := os.ReadFile("../../docs/tables.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	var examples strings.Builder
	for i, part := range strings.Split(doc, "```") {
		if rows, ok := strings.CutPrefix(part, "tables\n"); ok && i%2 == 1 {
			examples.WriteString(rows)
		}
	}
	if _, err := leakapi.Parse("examples", examples.String()); err != nil || examples.Len() == 0 {
		t.Errorf("%v in\n%s", err, &examples)
	}
	names, err := fs.Glob(leakapi.Files(), "tables/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, name := range names {
		data, err := fs.ReadFile(leakapi.Files(), name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(tidy(string(data))) {
			words := strings.Fields(line)
			if len(words) == 0 {
				continue
			}
			if !strings.Contains(doc, "`"+words[0]+" ") {
				missing[words[0]] = true
			}
			for _, attr := range words[2:] {
				attr, _, _ = strings.Cut(attr, "=")
				if !strings.Contains(doc, attr+"=") {
					missing[attr+"="] = true
				}
			}
		}
	}
	for what := range missing {
		t.Errorf("docs/tables.md does not explain %s", what)
	}
}

func FuzzParse(f *testing.F) {
	names, err := fs.Glob(leakapi.Files(), "tables/*.txt")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(leakapi.Files(), name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(classRow + string(data))
	}
	f.Add("type p.T class=c empty=N:1-\n")
	f.Add("acquire (p.T).M result=0 class=body when=ok==true unless=1:m\n")
	f.Fuzz(func(t *testing.T, text string) {
		tables, err := leakapi.Parse("t.txt", text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "t.txt:") {
				t.Errorf("an error without its place: %v", err)
			}
			return
		}
		again, err := leakapi.Parse("t.txt", tidy(text))
		if err != nil {
			t.Fatalf("%v in tidied\n%s", err, text)
		}
		if !reflect.DeepEqual(tables.Content(), again.Content()) {
			t.Errorf("blanks and comments make a difference in\n%s", text)
		}
		// A user cannot say what the built-in classes are.
		if _, err := leakapi.Builtin().With("t.txt", text); err != nil && !strings.Contains(err.Error(), "is there already") {
			t.Errorf("no rows for a user: %v", err)
		}
	})
}

// tidy returns a table with single blanks and without comments.
func tidy(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		row, _, _ := strings.Cut(line, "#")
		b.WriteString(strings.Join(strings.Fields(row), " ") + "\n")
	}
	return b.String()
}
