package errflow_test

import (
	"testing"

	"github.com/leakvet/leakvet/internal/errflow"
)

func TestLiterals(t *testing.T) {
	check(t, `
func now() error {
	v, err := get("a")
	run(func() {
		keep("a", v) // value get
	})
	return err
}
func nowChecked() {
	v, err := get("a")
	run(func() {
		if err == nil {
			keep("a", v)
		}
	})
}
func whoKnows() {
	v, err := get("a")
	later(func() {
		keep("a", v)
	})
	_ = err
}
func atTheEnd() (v *T, err error) {
	defer func() {
		if err == nil {
			keep("a", v)
		}
	}()
	return get("a")
}
func atTheEndAnyway() (v *T, err error) {
	defer func() {
		keep("a", v) // value get
	}()
	return get("a")
}
func deferred() error {
	v, err := get("a")
	defer keep("a", v) // value get
	return err
}
`, errflow.Plain)
}

func TestParameters(t *testing.T) {
	check(t, `
func plain(v *T) {
	keep("a", v) // value param v
}
func despite(v *T, err error) {
	keep("a", v) // value err param v
}
func ifFailed(v *T, err error) {
	if err != nil {
		keep("a", v) // value failed err param v
	}
}
func ifNot(v *T, err error) {
	if err == nil {
		keep("a", v)
	}
}
func instead(err error) {
	if err != nil {
		keep("a", nil) // stand-in failed err
	}
}
func itself(err error) {
	keep("a", err) // error err
}
func byKind(v *T, err error) {
	if is(err, errGone) {
		return
	}
	keep("a", v)
}
func ifAny(v *T) {
	if v != nil {
		keep("a", v)
	}
}
func caller() {
	v, err := get("a")
	keepErr("a", v, err) // value get
	if err != nil {
		return
	}
	keepErr("a", v, err)
}
`, errflow.Plain)
}

func TestOnce(t *testing.T) {
	check(t, `
func kept() {
	_, shared = get("a")
	return // nothing get kept
}
func logged() {
	if _, err := get("a"); err != nil {
		logs(err)
		return // nothing failed get
	}
}
func fatal() {
	if _, err := get("a"); err != nil {
		panic(err)
	}
	return
}
func returned() (*T, error) {
	return get("a") // nothing get kept
}
func ofAKind() {
	_, err := get("a")
	if is(err, errGone) {
		return
	}
	return
}
`, errflow.Once)
}

func TestLoader(t *testing.T) {
	check(t, `
func passedOn() (*T, error) {
	return get("a")
}
func swallowed() (*T, error) {
	v, err := get("a")
	if err != nil {
		logs(err)
		return nil, nil // stand-in failed get
	}
	return v, nil
}
func unchecked() (*T, error) {
	v, err := get("a")
	logs(err)
	return v, nil // value get
}
func absent() (*T, error) {
	v, err := get("a")
	if is(err, errGone) {
		return nil, nil
	}
	return v, err
}
func alone() *T {
	v, _ := get("a")
	return v // value get
}
`, errflow.Loader)
}
