package errflow_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/errflow"
	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakssa/ssatest"
	"github.com/leakvet/leakvet/internal/pathcond"
)

// world has what the sources below use: get and more can fail, keep and keepErr
// keep what they are given.
const world = `package p

type T struct{ n int; next *T }

type pair struct { v *T; err error }

func get(k string) (*T, error)     { return nil, nil }
func more(k string) (*T, error)    { return nil, nil }
func fill(t *T) error              { return nil }
func make2(t *T) *T                { return t }
func logs(v ...any)                {}
func handle(err error)             {}
func is(err, target error) bool    { return err == target }
func wrap(err error) error         { return err }
func keep(k string, v any)         {}
func keepErr(k string, v any, err error) {}
func run(f func())                 {}
func later(f func())               {}
func must(err error)               {}

var errGone error
var shared error
var standard *T
`

type fake struct{}

func nameOf(c *ssa.CallCommon) string {
	if fn := c.StaticCallee(); fn != nil {
		return fn.Name()
	}
	return ""
}

func (fake) Keeps(instr ssa.Instruction) []errflow.Put {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return nil
	}
	args := call.Common().Args
	switch nameOf(call.Common()) {
	case "keep":
		return []errflow.Put{{Instr: instr, Value: args[1]}}
	case "keepErr":
		return []errflow.Put{{Instr: instr, Value: args[1], Err: args[2]}}
	}
	return nil
}

func (fake) Heeds(c *ssa.CallCommon) bool {
	return !slices.Contains([]string{"logs", "keep", "keepErr"}, nameOf(c))
}

func (fake) FuncArg(c *ssa.CallCommon, arg int) leakapi.How {
	if nameOf(c) == "run" {
		return leakapi.NowOnce
	}
	return leakapi.HowUnknown
}
func (fake) NeverNil(*ssa.CallCommon, int) bool { return false }
func (fake) NilIff(c *ssa.CallCommon) []leakapi.NilIff {
	if nameOf(c) == "wrap" {
		return []leakapi.NilIff{{Args: []int{0}, Result: 0}}
	}
	return nil
}
func (fake) OfNil(*ssa.CallCommon) []leakapi.OfNil { return nil }

func (fake) Assumed(c *ssa.CallCommon) ([]leakapi.Assume, bool) {
	if nameOf(c) == "must" {
		return []leakapi.Assume{{Arg: 0, Nil: true}}, true
	}
	return nil, true
}

func (fake) AlwaysNil(*ssa.CallCommon, int) bool { return false }

var shapes = pathcond.NewShapes()

func (fake) Shapes() *pathcond.Shapes { return shapes }

func (fake) Pure(*ssa.CallCommon) (*pathcond.PureFunc, []ssa.Value) { return nil, nil }

func say(f errflow.Finding) string {
	var words []string
	switch f.Kind {
	case errflow.Value:
		words = append(words, "value")
	case errflow.StandIn:
		words = append(words, "stand-in")
	case errflow.Itself:
		words = append(words, "error")
	case errflow.Kept:
		words = append(words, "nothing")
	}
	if f.Failed {
		words = append(words, "failed")
	}
	switch {
	case f.Call != nil:
		words = append(words, nameOf(f.Call.Common()))
	case f.Param != nil:
		words = append(words, f.Param.Name())
	}
	if f.From != nil {
		words = append(words, "param "+f.From.Name())
	}
	if f.ErrKept {
		words = append(words, "kept")
	}
	if f.Default {
		words = append(words, "default")
	}
	return strings.Join(words, " ")
}

// check explores every declared function of a source and compares what it finds
// with the comments.
func check(t *testing.T, source string, mode errflow.Mode) {
	t.Helper()
	code := ssatest.Build(t, world, source, nil, false)
	want := code.Expected()
	got := map[int][]string{}
	for _, fn := range code.SSA.Funcs {
		if fn.Parent() != nil || code.Fset.Position(fn.Pos()).Filename == "0.go" {
			continue
		}
		found, ok := errflow.Explore(fn, mode, fake{})
		if !ok {
			t.Errorf("%s: too many paths", fn)
		}
		for _, f := range found {
			line := code.Line(f.Put.Instr.Pos())
			got[line] = append(got[line], say(f))
		}
	}
	for line, text := range want {
		words := got[line]
		slices.Sort(words)
		if s := strings.Join(slices.Compact(words), ", "); s != text {
			t.Errorf("%s\ngot  %q\nwant %q", strings.TrimSpace(code.Lines[line-1]), s, text)
		}
		delete(got, line)
	}
	for line, words := range got {
		t.Errorf("%s: unexpected %v", strings.TrimSpace(code.Lines[line-1]), words)
	}
}

func TestPaths(t *testing.T) {
	check(t, `
func before() error {
	v, err := get("a")
	keep("a", v) // value get
	return err
}
func failed() {
	v, err := get("a")
	if err != nil {
		logs(err)
	}
	keep("a", v) // value failed get
}
func thrown() {
	v, _ := get("a")
	keep("a", v) // value get
}
func checked() {
	v, err := get("a")
	if err != nil {
		return
	}
	keep("a", v)
}
func inBranch() {
	if v, err := get("a"); err == nil {
		keep("a", v)
	}
}
func standIn() {
	v, err := get("a")
	if err != nil {
		keep("a", nil) // stand-in failed get
		return
	}
	keep("a", v)
}
func emptyOne() {
	if _, err := get("a"); err != nil {
		keep("a", &T{}) // stand-in failed get
	}
}
func defaultOne() {
	v, err := get("a")
	if err != nil {
		v = standard
	}
	keep("a", v) // stand-in failed get default
}
func computed() {
	v, err := get("a")
	if err != nil {
		v = make2(nil)
	}
	keep("a", v)
}
func second() error {
	v, err := get("a")
	if err != nil {
		v, err = more("a")
	}
	keep("a", v) // value more
	return err
}
func secondChecked() error {
	v, err := get("a")
	if err != nil {
		if v, err = more("a"); err != nil {
			return err
		}
	}
	keep("a", v)
	return nil
}
func kind() {
	v, err := get("a")
	if is(err, errGone) {
		keep("a", nil)
		return
	}
	if err != nil {
		return
	}
	keep("a", v)
}
func notThatKind() {
	v, err := get("a")
	if err != nil && err != errGone {
		return
	}
	keep("a", v)
}
func byValue() {
	v, err := get("a")
	if err != nil {
		logs(err)
	}
	if v != nil {
		keep("a", v)
	}
}
func inOtherHands() {
	v, err := get("a")
	handle(err)
	keep("a", v)
}
func storedElsewhere() {
	v, err := get("a")
	shared = err
	keep("a", v)
}
func asserted() {
	v, err := get("a")
	must(err)
	keep("a", v)
}
func wrapped() {
	v, err := get("a")
	err = wrap(err)
	if err != nil {
		return
	}
	keep("a", v)
}
func field() {
	v, err := get("a")
	if err != nil {
		logs(err)
	}
	keep("a", v.next) // value failed get
}
func inStruct() {
	v, err := get("a")
	keep("a", pair{v, err}) // error get
}
func inPointer() {
	v, err := get("a")
	p := &pair{v: v}
	keep("a", p) // value get
	logs(err)
}
func filled() error {
	var x T
	err := fill(&x)
	keep("a", x) // value fill
	return err
}
func madeOfIt() {
	v, err := get("a")
	keep("a", make2(v))
	logs(err)
}
func loop(keys []string) {
	for _, k := range keys {
		v, err := get(k)
		if err != nil {
			continue
		}
		keep(k, v)
	}
}
func loopFailed(keys []string) {
	for _, k := range keys {
		v, err := get(k)
		if err != nil {
			logs(err)
		}
		keep(k, v) // value failed get
	}
}
func marked() {
	if _, err := get("a"); err != nil {
		logs(err)
	}
	keep("a", true)
}
func gathered(keys []string) {
	var all []*T
	for _, k := range keys {
		v, err := get(k)
		if err != nil {
			continue
		}
		all = append(all, v)
	}
	keep("all", all)
}
func noneOfThem(keys []string) {
	done := false
	for _, k := range keys {
		if _, err := get(k); err == nil {
			done = true
			break
		}
	}
	if !done {
		keep("all", nil) // stand-in failed get
	}
}
func gatheredAnyway(keys []string) {
	for _, k := range keys {
		v, err := get(k)
		logs(err)
		all := append([]*T(nil), v)
		keep(k, all) // value get
	}
}
func retry() {
	var v *T
	var err error
	for i := 0; i < 3; i++ {
		if v, err = get("a"); err == nil {
			break
		}
	}
	if err != nil {
		return
	}
	keep("a", v)
}
func retryAndHope() {
	var v *T
	var err error
	for i := 0; i < 3; i++ {
		if v, err = get("a"); err == nil {
			break
		}
	}
	keep("a", v) // value failed get
}
`, errflow.Plain)
}
