// Package support is there for tests of other packages: what it keeps lives as
// long as one of these.
package support

import "testing"

// Run runs a test with entities of its own.
func Run(t *testing.T, name string, f func(*testing.T, *Entities)) {
	t.Run(name, func(t *testing.T) { f(t, NewEntities()) })
}
