package a

import "testing"

// What a test calls, with the test's context at hand, says nothing of the program.
func TestHeld(t *testing.T) {
	if (&heldByTest{}).fetch() == nil {
		t.Fatal(t.Context().Err())
	}
}
