// Package said has nothing that its users' analysis would look at, but for its
// directives.
package said

import "net/http"

var hooks []func(any)

// Codec is implemented elsewhere.
type Codec interface {
	//leakvet:borrows v
	Decode(v any) error

	Guess(v any) error
}

// Log looks at what it is given.
//
//leakvet:borrows v
func Log(v any) {
	for _, hook := range hooks {
		hook(v)
	}
}

// Trace does not say so.
func Trace(v any) {
	for _, hook := range hooks {
		hook(v)
	}
}

// Shared keeps what it returns.
//
//leakvet:borrows result
func Shared(u string) (*http.Response, error) { return http.Get(u) }
