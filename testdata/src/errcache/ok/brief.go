package ok

import (
	"context"
	"net/http"
)

// requestMemo remembers failures, too, but no longer than its request takes.
type requestMemo struct {
	m map[string]memoResult
	f func(context.Context, string) (string, error)
}

type memoResult struct {
	v   string
	err error
}

func (l *requestMemo) load(ctx context.Context, k string) (string, error) {
	if r, ok := l.m[k]; ok {
		return r.v, r.err
	}
	v, err := l.f(ctx, k)
	l.m[k] = memoResult{v, err}
	return v, err
}

func memoising(f func(context.Context, string) (string, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		l := requestMemo{m: map[string]memoResult{}, f: f}
		for _, k := range r.URL.Query()["k"] {
			if v, err := l.load(r.Context(), k); err == nil {
				w.Write([]byte(v))
			}
		}
	}
}
