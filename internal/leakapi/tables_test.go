package leakapi

import "testing"

func TestBuiltinTablesParse(t *testing.T) {
	if _, err := load(embedded); err != nil {
		t.Fatal(err)
	}
}
