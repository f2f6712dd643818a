package a

import "os"

// Tests are no exception: some rules speak there, too.
func open(name string) {
	f, _ := os.Open(name) //leakvet:ignore resclos the test is over soon // want `unknown rule resclos`
	_ = f
}
