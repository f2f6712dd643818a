package audit

import (
	"context"
	"net/http"
	"os"
	"time"
)

// A context for the caller, which also gets the function that ends it.

type job struct {
	context.Context
	request *http.Request
	dir     string
}

func newJob(r *http.Request, limit time.Duration) (*job, context.CancelFunc, error) {
	ctx, cancel := context.WithTimeout(context.Background(), limit) // want `^r\.Context\(\) does not end the context that newJob returns: it gets context\.Background\(\)$`
	j := &job{Context: ctx, request: r}
	end := func() {
		cancel()
		if j.dir != "" {
			os.RemoveAll(j.dir)
		}
	}
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		return nil, end, err
	}
	return j, end, nil
}

func limited(ctx context.Context, limit time.Duration) (context.Context, context.CancelFunc) {
	if limit == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(context.Background(), limit) // want `^ctx does not end the context that limited returns: it gets context\.Background\(\)$`
}

// A helper hands a fresh context to what cannot be looked into.

type store interface {
	Content(ctx context.Context, path string) ([]byte, error)
}

func startedAt(ctx context.Context, s store, path string) ([]byte, error) { return started(s, path) }

func started(s store, path string) ([]byte, error) {
	return s.Content(context.Background(), path) // want `^the unused ctx of startedAt is not passed on to started, where .*Content may wait: .*Content gets context\.Background\(\)$`
}

// It makes do with one that it keeps.

type upload struct {
	ctx    context.Context
	client *http.Client
	url    string
}

func (u *upload) commit(ctx context.Context) error {
	req, err := http.NewRequestWithContext(u.ctx, http.MethodPut, u.url, nil) // want `^the unused ctx is not passed to http\.NewRequestWithContext: it gets u\.ctx$`
	if err != nil {
		return err
	}
	resp, err := u.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// None of these.

// It looks at its own context as well.
func (u *upload) either(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(u.ctx, http.MethodGet, u.url, nil)
	if err != nil {
		return err
	}
	resp, err := u.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// It says that it ignores what it gets.
func (u *upload) close(context.Context) error {
	req, err := http.NewRequestWithContext(u.ctx, http.MethodDelete, u.url, nil)
	if err != nil {
		return err
	}
	resp, err := u.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func derived(r *http.Request, limit time.Duration) (*job, context.CancelFunc, error) {
	ctx, cancel := context.WithTimeout(r.Context(), limit)
	return &job{Context: ctx, request: r}, cancel, nil
}

func detached(limit time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), limit)
}

type worker struct {
	ctx    context.Context
	cancel context.CancelFunc
}

// It lives on until it is stopped.
func startWorker(ctx context.Context) (*worker, error) {
	w := &worker{}
	w.ctx, w.cancel = context.WithCancel(context.Background())
	return w, ctx.Err()
}

// The values alone are passed on, on purpose.
func withValues(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), time.Second)
}
