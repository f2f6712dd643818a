package audit

import (
	"context"
	"net/http"
)

// alone has no parent, no time limit, and nothing that waits for it.
func alone() error {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	stop := cancel
	if err := work(ctx); err != nil {
		return err
	}
	stop()
	return nil
}

// requested ends with the request, which ends when it returns.
func requested(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithCancel(r.Context()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	stop := cancel
	if err := work(ctx); err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	stop()
}

// provider starts its work only once all is loaded.
type provider struct{ cancel context.CancelFunc }

func newProvider(load func() error) (*provider, error) {
	ctx, cancel := context.WithCancel(context.Background()) // want `^cancel function from context\.WithCancel is not called when the function returns at line \d+$`
	p := &provider{cancel: cancel}
	if err := load(); err != nil {
		return nil, err
	}
	go work(ctx)
	return p, nil
}

func (p *provider) Close() { p.cancel() }
