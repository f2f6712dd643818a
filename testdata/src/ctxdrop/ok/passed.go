package ok

import (
	"context"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"time"
)

type catalog struct {
	db     *sql.DB
	client *http.Client
	mu     sync.Mutex
}

func (c *catalog) plain(ctx context.Context, id string) error {
	_, err := c.db.ExecContext(ctx, "UPDATE items SET views = views + 1 WHERE id = ?", id)
	return err
}

func (c *catalog) derived(ctx context.Context, id string) error {
	ctx, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return c.plain(context.WithValue(ctx, traceKey{}, id), id)
}

func (c *catalog) maybeDerived(ctx context.Context, limit time.Duration, id string) error {
	if limit > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, limit)
		defer cancel()
	}
	return c.plain(ctx, id)
}

// A missing context is filled in.
func (c *catalog) filledIn(ctx context.Context, id string) error {
	if ctx == nil {
		ctx = context.Background()
	}
	return c.plain(ctx, id)
}

func (c *catalog) filledInByRequest(r *http.Request, id string) error {
	ctx := context.Background()
	if r != nil {
		ctx = r.Context()
	}
	return c.plain(ctx, id)
}

// Options may bring a context.
type listOptions struct {
	Ctx   context.Context
	Limit int
}

func (c *catalog) list(opts *listOptions) (n int, err error) {
	ctx := opts.Ctx
	if ctx == nil {
		ctx = context.Background()
	}
	return n, c.db.QueryRowContext(ctx, "SELECT count(*) FROM items LIMIT ?", opts.Limit).Scan(&n)
}

func (c *catalog) page(ctx context.Context) (int, error) {
	return c.list(&listOptions{Ctx: ctx, Limit: 50})
}

// job travels with the context of the request that made it.
type job struct {
	ctx context.Context
	id  string
}

func (c *catalog) work(ctx context.Context, jobs <-chan job) {
	for {
		select {
		case <-ctx.Done():
			return
		case j := <-jobs:
			c.plain(j.ctx, j.id)
		}
	}
}

// contextWithUser wraps, in this package.
func contextWithUser(ctx context.Context, user string) context.Context {
	return context.WithValue(ctx, loggerKey{}, user)
}

func (c *catalog) wrapped(ctx context.Context, user, id string) error {
	return c.plain(contextWithUser(ctx, user), id)
}

// The context comes from something that this package cannot see into.
type tracer interface {
	Start(ctx context.Context, name string) (context.Context, func())
}

func (c *catalog) traced(ctx context.Context, t tracer, id string) error {
	ctx, end := t.Start(ctx, "catalog.plain")
	defer end()
	return c.plain(ctx, id)
}

func (c *catalog) handler(w http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), time.Second)
	defer cancel()
	if err := c.plain(ctx, r.PathValue("id")); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
	}
}

func (c *catalog) laterContext(ctx context.Context, url string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	req = req.WithContext(ctx)
	resp, err := c.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

func (c *catalog) contextInPlace(ctx context.Context, url string) error {
	req, err := http.NewRequest(http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := c.client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (c *catalog) clone(w http.ResponseWriter, r *http.Request) {
	out := r.Clone(r.Context())
	out.Host = "catalog.internal"
	resp, err := c.client.Do(out)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	resp.Body.Close()
}

// The request goes to the caller, who sends it.
func newSearch(ctx context.Context, base, q string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodGet, base, nil)
	if err != nil {
		return nil, err
	}
	req.URL.RawQuery = "q=" + q
	return req, nil
}

func (c *catalog) search(ctx context.Context, q string) error {
	req, err := newSearch(ctx, "http://search", q)
	if err != nil {
		return err
	}
	resp, err := c.client.Do(req.WithContext(ctx))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// A process that is handed out, or left running, is nobody's to end here.
func thumbnailer(ctx context.Context, path string) *exec.Cmd {
	return exec.Command("convert", path, "-resize", "64x64", "png:-")
}

func (c *catalog) leftRunning(ctx context.Context, path string) error {
	cmd := exec.Command("index-daemon", path)
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Process.Release()
}

type indexer struct{ cmd *exec.Cmd }

func startIndexer(ctx context.Context, path string) (*indexer, error) {
	cmd := exec.Command("index-daemon", path)
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	return &indexer{cmd}, nil
}

func (c *catalog) transcode(ctx context.Context, path string) error {
	cmd := exec.CommandContext(ctx, "ffmpeg", "-i", path)
	cmd.WaitDelay = time.Second
	return cmd.Run()
}

func (c *catalog) connect(ctx context.Context, addr string) (net.Conn, error) {
	d := &net.Dialer{Timeout: time.Second}
	return d.DialContext(ctx, "tcp", addr)
}

// Captured contexts count.
func (c *catalog) each(ctx context.Context, ids []string) error {
	var wg sync.WaitGroup
	errs := make(chan error, len(ids))
	for _, id := range ids {
		wg.Go(func() {
			err := func() error { return c.plain(ctx, id) }()
			errs <- err
		})
	}
	wg.Wait()
	return <-errs
}

func (c *catalog) retried(ctx context.Context, id string, do func(func() error) error) error {
	actx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	return do(func() error { return c.plain(actx, id) })
}
