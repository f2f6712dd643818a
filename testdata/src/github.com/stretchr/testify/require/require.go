// Package require is as much of the real one as the fixtures need.
package require

type TestingT interface {
	Errorf(format string, args ...any)
	FailNow()
}

func Error(t TestingT, err error, msgAndArgs ...any)   {}
func NoError(t TestingT, err error, msgAndArgs ...any) {}
