package leakapi

import "testing"

func TestBuiltinTablesParse(t *testing.T) {
	tables, err := load(embedded)
	if err == nil {
		err = tables.compile()
	}
	if err != nil {
		t.Fatal(err)
	}
}
