package ok

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"runtime/trace"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// acceptLoop hands each connection to a goroutine that closes it.
func acceptLoop(l net.Listener) error {
	defer l.Close()
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		go echo(c)
	}
}

func echo(c net.Conn) {
	defer c.Close()
	io.Copy(c, c)
}

func acceptInline(l net.Listener, wg *sync.WaitGroup) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		wg.Go(func() {
			defer c.Close()
			io.Copy(io.Discard, c)
		})
	}
}

// queued sends connections to whoever reads the channel, or closes them.
func queued(ctx context.Context, l net.Listener, out chan<- net.Conn) error {
	for {
		c, err := l.Accept()
		if err != nil {
			return err
		}
		select {
		case out <- c:
		case <-ctx.Done():
			c.Close()
			return ctx.Err()
		}
	}
}

// firstOf returns the first connection and has the others closed.
func firstOf(addrs []string) (net.Conn, error) {
	got := make(chan net.Conn, len(addrs))
	var wg sync.WaitGroup
	for _, a := range addrs {
		wg.Go(func() {
			if c, err := net.Dial("tcp", a); err == nil {
				got <- c
			}
		})
	}
	go func() {
		wg.Wait()
		close(got)
	}()
	c, ok := <-got
	if !ok {
		return nil, errors.New("nobody answers")
	}
	go func() {
		for c := range got {
			c.Close()
		}
	}()
	return c, nil
}

func served(addr string, h http.Handler) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	return http.Serve(l, h) // Serve closes it
}

type server struct {
	l   net.Listener
	srv *http.Server
}

func (s *server) start(addr string) (err error) {
	if s.l, err = net.Listen("tcp", addr); err != nil {
		return err
	}
	s.srv = &http.Server{ReadHeaderTimeout: time.Second}
	go s.srv.Serve(s.l)
	return nil
}

func (s *server) stop() error { return s.srv.Close() }

// twoListeners goes on with one when there is no second.
func twoListeners(addr, local string) (a, b net.Listener, err error) {
	a, err = net.Listen("tcp", addr)
	if err != nil {
		return nil, nil, err
	}
	b, err = net.Listen("tcp", local)
	if err != nil {
		return a, nil, nil
	}
	return a, b, nil
}

type counted struct {
	net.Listener
	n atomic.Int64
}

func (c *counted) Accept() (net.Conn, error) {
	conn, err := c.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if t, ok := conn.(*net.TCPConn); ok {
		t.SetNoDelay(true)
	}
	c.n.Add(1)
	return &countedConn{Conn: conn, l: c}, nil
}

type countedConn struct {
	net.Conn
	l    *counted
	once sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.l.n.Add(-1) })
	return c.Conn.Close()
}

func secured(addr string, cfg *tls.Config) (net.Conn, error) {
	raw, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c := tls.Client(raw, cfg)
	if err := c.Handshake(); err != nil {
		c.Close() // closes the one below
		return nil, err
	}
	return c, nil
}

func relay(in net.Conn, addr string) {
	out, err := net.Dial("tcp", addr)
	if err != nil {
		in.Close()
		return
	}
	go func() {
		io.Copy(in, out)
		in.Close()
		out.Close()
	}()
	io.Copy(out, in)
	out.Close()
	in.Close()
}

// until tries addresses until one answers; out stays nil if none does.
func until(pick func() string) error {
	var (
		out net.Conn
		err error
	)
	for {
		a := pick()
		if a == "" {
			break
		}
		if out, err = net.Dial("tcp", a); err == nil {
			break
		}
	}
	if out == nil {
		return err
	}
	return out.Close()
}

// switched closes the connection it takes out of the pointer.
type switched struct{ cur atomic.Pointer[net.TCPConn] }

func (s *switched) reconnect(addr *net.TCPAddr) error {
	c, err := net.DialTCP("tcp", nil, addr)
	if err != nil {
		return err
	}
	if old := s.cur.Swap(c); old != nil {
		old.Close()
	}
	return nil
}

func (s *switched) Close() error {
	if c := s.cur.Swap(nil); c != nil {
		return c.Close()
	}
	return nil
}

var pool = sync.Pool{}

func pooled(addr string) (err error) {
	c, _ := pool.Get().(net.Conn)
	if c == nil {
		if c, err = net.Dial("udp", addr); err != nil {
			return err
		}
	}
	if _, err := c.Write([]byte("x")); err != nil {
		c.Close()
		return err
	}
	pool.Put(c)
	return nil
}

func transport(d *net.Dialer) *http.Transport {
	return &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		c, err := d.DialContext(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		return c, nil
	}}
}

func closedByContext(ctx context.Context, addr string) error {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { c.Close() })
	defer func() {
		if stop() {
			c.Close()
		}
	}()
	_, err = io.Copy(io.Discard, c)
	return err
}

func duplicated(c *net.TCPConn) (net.Conn, error) {
	f, err := c.File()
	if err != nil {
		return nil, err
	}
	defer f.Close() // FileConn makes a copy of its own
	return net.FileConn(f)
}

func hijacked(w http.ResponseWriter) {
	h, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	c, rw, err := h.Hijack()
	if err != nil {
		return
	}
	defer c.Close()
	rw.Flush()
}

func output(cmd *exec.Cmd) ([]byte, error) {
	p, err := cmd.StdoutPipe() // Wait closes it
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	b, err := io.ReadAll(p)
	return b, errors.Join(err, cmd.Wait())
}

func fed(cmd *exec.Cmd, r io.Reader) error {
	in, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	go func() {
		defer in.Close()
		io.Copy(in, r)
	}()
	return cmd.Run()
}

func childPipe(cmd *exec.Cmd) ([]byte, error) {
	r, w, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	cmd.Stdout = w
	err = cmd.Start()
	w.Close() // the child has its own
	if err != nil {
		return nil, err
	}
	b, err := io.ReadAll(r)
	return b, errors.Join(err, cmd.Wait())
}

// piped gives the reading end away; the goroutine ends the writing end.
func piped(src io.WriterTo) io.ReadCloser {
	r, w := io.Pipe()
	go func() {
		_, err := src.WriteTo(w)
		w.CloseWithError(err)
	}()
	return r
}

type duplex struct {
	*io.PipeReader
	*io.PipeWriter
}

func (d duplex) Close() error { return errors.Join(d.PipeReader.Close(), d.PipeWriter.Close()) }

func newDuplex() duplex {
	r, w := io.Pipe()
	return duplex{r, w}
}

func bothEnds() error {
	a, b := net.Pipe()
	defer a.Close()
	defer b.Close()
	return nil
}

func task(ctx context.Context) {
	ctx, t := trace.NewTask(ctx, "work")
	defer t.End()
	defer trace.StartRegion(ctx, "part").End()
}

// taskInBackground ends the task where the work ends.
func taskInBackground(ctx context.Context, work func(context.Context)) {
	ctx, t := trace.NewTask(ctx, "work")
	go func() {
		defer t.End()
		work(ctx)
	}()
}

// taskOfStream hands the task on to the one who closes the stream.
type taskOfStream struct {
	io.ReadCloser
	t *trace.Task
}

func (s *taskOfStream) Close() error {
	s.t.End()
	return s.ReadCloser.Close()
}

func traced(ctx context.Context, open func(context.Context) (io.ReadCloser, error)) (io.ReadCloser, error) {
	ctx, t := trace.NewTask(ctx, "stream")
	rc, err := open(ctx)
	if err != nil {
		t.End()
		return nil, err
	}
	return &taskOfStream{rc, t}, nil
}

func listenFor(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func dialFor(t *testing.T) {
	l := listenFor(t)
	c, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	s := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(s.Close)
}

// freePort keeps the port only long enough to learn it.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	return l.Addr().(*net.TCPAddr).Port, l.Close()
}

// servedAt is made together with its listener, or not at all.
type servedAt struct{ name string }

func newServedAt(addr string) (s *servedAt, l net.Listener, tls bool, err error) {
	if addr == "" {
		return nil, nil, false, nil
	}
	s = &servedAt{name: addr}
	if l, err = net.Listen("tcp", addr); err != nil {
		return nil, nil, false, err
	}
	return s, l, true, nil
}

func boundAt(addr string, keep func(*servedAt, net.Listener)) error {
	switch s, l, _, err := newServedAt(addr); {
	case err != nil:
		return err
	case s != nil && l != nil:
		keep(s, l)
		return nil
	default:
		return nil
	}
}

func isLocal(network string) bool { return strings.HasPrefix(network, "unix") }

// modal has a socket of a kind that the network's name tells.
func modal(network, addr string) (net.PacketConn, error) {
	var c net.PacketConn
	var err error
	if strings.HasPrefix(network, "ip") {
		c, err = net.ListenPacket(network, addr)
	}
	if err != nil {
		return nil, err
	}
	if isLocal(network) {
		if err := os.Chmod(addr, 0o600); err != nil {
			return nil, err
		}
	}
	return c, nil
}
