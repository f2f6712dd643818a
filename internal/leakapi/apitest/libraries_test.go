package apitest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/leakvet/leakvet/internal/leakapi"
	"github.com/leakvet/leakvet/internal/leakapi/apitest"
)

func TestLibraries(t *testing.T) {
	const gomod = `module m

require (
	example.com/web/v2 v2.1.0
	example.com/unused v1.0.0
	example.com/cloud v1.3.0
)

require example.com/cloud/store v1.9.0 // indirect
`
	tables, err := leakapi.Builtin().With("t.txt", `
package example.com/web/v2/log effect=borrow
pure (*example.com/web/v2.Header).Get
pure example.com/web/v2.Clean
pure example.com/web.Clean
pure example.com/cloud/storage.Name
pure example.com/cloud/store/disk.Name
pairs example.com/cloud/labels/...
pure net/http.CanonicalHeaderKey
`)
	if err != nil {
		t.Fatal(err)
	}
	libs, homeless, err := apitest.Libraries(tables, []byte(gomod))
	if err != nil {
		t.Fatal(err)
	}
	const want = "[{example.com/cloud v1.3.0 [example.com/cloud/storage] 2}" +
		" {example.com/cloud/store v1.9.0 [example.com/cloud/store/disk] 1}" +
		" {example.com/web/v2 v2.1.0 [example.com/web/v2 example.com/web/v2/log] 3}]"
	if got := fmt.Sprint(libs); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
	if !slices.Contains(homeless, "example.com/web") || slices.Contains(homeless, "example.com/web/v2") {
		t.Errorf("in no module: %v", homeless)
	}
}
