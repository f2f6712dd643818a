package ok

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// directory refreshes what all requests use: the first request's context must
// not decide for the others.
type directory struct {
	url    string
	client *http.Client
	mu     sync.Mutex
	next   time.Time
	hosts  atomic.Pointer[[]byte]
	etag   string
	body   []byte
}

func (d *directory) lookup(ctx context.Context) []byte {
	if time.Now().After(d.next) {
		d.refresh()
	}
	return d.body
}

func (d *directory) refresh() {
	d.mu.Lock()
	defer d.mu.Unlock()
	resp, err := d.client.Get(d.url)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil {
		d.body, d.etag = body, resp.Header.Get("ETag")
	}
}

func (d *directory) swapped(ctx context.Context) []byte {
	d.swap()
	return *d.hosts.Load()
}

func (d *directory) swap() {
	req, err := http.NewRequest(http.MethodGet, d.url, nil)
	if err != nil {
		return
	}
	resp, err := d.client.Do(req)
	if err != nil {
		return
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err == nil {
		d.hosts.Store(&body)
	}
}

// notify has answered already: the zone is fetched for everybody.
func (d *directory) notify(w http.ResponseWriter, r *http.Request) {
	w.WriteHeader(http.StatusAccepted)
	if err := d.transfer(); err != nil {
		panic(err)
	}
}

func (d *directory) transfer() error {
	resp, err := d.client.Head(d.url)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// newDirectory works once, at the start.
func newDirectory(ctx context.Context, url string) (*directory, error) {
	d := &directory{url: url, client: http.DefaultClient}
	return d, d.transfer()
}
