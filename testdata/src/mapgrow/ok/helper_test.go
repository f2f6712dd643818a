package ok

import "net/http"

var tested = map[string]int{}

func serveTest(w http.ResponseWriter, r *http.Request) {
	tested[r.URL.Path]++
	known[r.URL.Path] = "tested"
}
