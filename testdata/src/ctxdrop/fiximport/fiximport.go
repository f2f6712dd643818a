// Package fiximport mentions contexts only where it drops one: an edit would
// leave the import without use.
package fiximport

import (
	"context"
	"net/http"
)

func proxy(w http.ResponseWriter, r *http.Request) {
	req, err := http.NewRequestWithContext(context.Background(), r.Method, "http://backend", r.Body) // want `r.Context\(\) is not passed to .*Do`
	if err != nil {
		return
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return
	}
	resp.Body.Close()
}
