package vetjson

import (
	"fmt"
	"testing"
)

func TestParse(t *testing.T) {
	const vet = `{
	"m/p": {"bodyclose": [{"posn": "/m/p/a.go:3:5", "end": "/m/p/a.go:3:9", "message": "body\tstays"}]},
	"m/q": {"noctx": {"error": "it failed"}}
}
{"m/p.test": {"noctx": [{"posn": "/cache/b.go:1:1", "message": "of a generated file"}]}}
`
	got, err := Parse([]byte(vet), "/m")
	if want := "[bodyclose\tp/a.go:3\tbody stays\t\t]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
	for _, out := range []string{"{", `{"m/p": {"noctx": [{"posn": "a.go"}]}}`} {
		if _, err := Parse([]byte(out), "/m"); err == nil {
			t.Errorf("%q: no error", out)
		}
	}
}
