package taken

import "os"

// Fields called taken take over what they get, whatever becomes of the struct.

type owner struct {
	taken *os.File
	kept  *os.File
}

// WANT: open@4
func keptOnly(name string) {
	f, _ := os.Open(name)
	o := &owner{}
	o.kept = f
}

// WANT: stored taken
func takenOver(name string) {
	f, _ := os.Open(name)
	o := &owner{}
	o.taken = f
}

// WANT: stored taken
func takenInLiteral(name string) {
	f, _ := os.Open(name)
	_ = &owner{taken: f}
}

// WANT: open@6, stored taken
func takenOnOneWay(name string, keep bool) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	if !keep {
		return
	}
	o := owner{}
	o.taken = f
}

// The caller gets the struct, and the file with it.
//
// WANT: returned 0.0
func made(name string) *owner {
	f, _ := os.Open(name)
	o := &owner{taken: f}
	return o
}

// WANT: done
func closedInstead(name string) {
	f, _ := os.Open(name)
	o := &owner{taken: f}
	o.taken.Close()
}

// WANT: stored taken
func eachTaken(names []string) {
	for _, name := range names {
		f, _ := os.Open(name)
		_ = &owner{taken: f}
	}
}
