package a

import (
	"context"
	"crypto/tls"
	"database/sql"
	"io"
	"net"
	"net/http"
	"os/exec"
	"strings"
	"time"
)

type stock struct {
	db     *sql.DB
	client *http.Client
	addr   string
	cache  *memcache
}

func (s *stock) onHand(ctx context.Context, sku string) (n int, err error) {
	rows, err := s.db.Query("SELECT n FROM stock WHERE sku = ?", sku) // want `ctx is not passed to \(\*sql\.DB\)\.Query: call QueryContext`
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for rows.Next() {
		if err := rows.Scan(&n); err != nil {
			return 0, err
		}
	}
	return n, rows.Err()
}

func (s *stock) adjust(ctx context.Context, sku string, by int) error {
	tx, err := s.db.Begin() // want `ctx is not passed to \(\*sql\.DB\)\.Begin: use BeginTx`
	if err != nil {
		return err
	}
	defer tx.Rollback()
	stmt, err := tx.Prepare("UPDATE stock SET n = n + ? WHERE sku = ?") // want `ctx is not passed to \(\*sql\.Tx\)\.Prepare: call PrepareContext`
	if err != nil {
		return err
	}
	defer stmt.Close()
	// A statement has a twin of its own; no connection is needed for it.
	if _, err := stmt.Exec(by, sku); err != nil { // want `ctx is not passed to \(\*sql\.Stmt\)\.Exec: call ExecContext$`
		return err
	}
	if _, err := tx.Exec("INSERT INTO moves VALUES (?, ?)", sku, by); err != nil { // want `ctx is not passed to \(\*sql\.Tx\)\.Exec: call ExecContext`
		return err
	}
	var left int
	if err := tx.QueryRow("SELECT n FROM stock WHERE sku = ?", sku).Scan(&left); err != nil { // want `ctx is not passed to \(\*sql\.Tx\)\.QueryRow: call QueryRowContext`
		return err
	}
	return tx.Commit()
}

func (s *stock) healthy(ctx context.Context) bool {
	return s.db.Ping() == nil // want `ctx is not passed to \(\*sql\.DB\)\.Ping: call PingContext`
}

func (s *stock) supplier(ctx context.Context, sku string) ([]byte, error) {
	req, err := http.NewRequest(http.MethodGet, s.addr+"/"+sku, nil) // want `ctx is not passed to \(\*http\.Client\)\.Do.*call NewRequestWithContext`
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	resp, err := s.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// newRequest leaves it to its caller to attach a context.
func (s *stock) newRequest(sku string) (*http.Request, error) {
	req, err := http.NewRequest(http.MethodPost, s.addr+"/"+sku, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return req, nil
}

func (s *stock) reorder(ctx context.Context, sku string) error {
	req, err := s.newRequest(sku) // want `ctx is not passed to \(\*http\.Client\)\.Do.*newRequest`
	if err != nil {
		return err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *stock) price(ctx context.Context, sku string) ([]byte, error) {
	resp, err := http.Get(s.addr + "/price/" + sku) // want `ctx is not passed to http\.Get: use http\.NewRequestWithContext and Client\.Do`
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	return io.ReadAll(resp.Body)
}

// A client's time limit does not make it heed the context.
func (s *stock) report(ctx context.Context, body string) error {
	client := &http.Client{Timeout: 10 * time.Second}
	resp, err := client.Post(s.addr, "text/plain", strings.NewReader(body)) // want `ctx is not passed to \(\*http\.Client\)\.Post`
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *stock) barcode(ctx context.Context, sku string) ([]byte, error) {
	return exec.Command("barcode", "-b", sku).Output() // want `ctx is not passed to \(\*exec\.Cmd\)\.Output.*call CommandContext`
}

func (s *stock) label(ctx context.Context, sku string) error {
	cmd := exec.Command("lpr", "-P", "labels") // want `ctx is not passed to \(\*exec\.Cmd\)\.Run.*call CommandContext`
	cmd.Stdin = strings.NewReader(sku)
	return cmd.Run()
}

func (s *stock) convert(ctx context.Context, in io.Reader, out io.Writer) error {
	cmd := exec.Command("convert", "-", "png:-") // want `ctx is not passed to \(\*exec\.Cmd\)\.Wait.*call CommandContext`
	cmd.Stdin, cmd.Stdout = in, out
	if err := cmd.Start(); err != nil {
		return err
	}
	return cmd.Wait()
}

func (s *stock) scale(ctx context.Context) (net.Conn, error) {
	conn, err := net.Dial("tcp", s.addr) // want `ctx is not passed to net\.Dial: use net\.Dialer\.DialContext`
	if err != nil {
		return nil, err
	}
	return conn, conn.SetDeadline(time.Now().Add(time.Second))
}

func (s *stock) printer(ctx context.Context) (net.Conn, error) {
	return net.DialTimeout("tcp", s.addr, 3*time.Second) // want `ctx is not passed to net\.DialTimeout: use net\.Dialer\.DialContext`
}

func (s *stock) till(ctx context.Context, cfg *tls.Config) (net.Conn, error) {
	d := &net.Dialer{KeepAlive: time.Minute}
	raw, err := d.Dial("tcp", s.addr) // want `ctx is not passed to \(\*net\.Dialer\)\.Dial: call DialContext`
	if err != nil {
		return nil, err
	}
	conn := tls.Client(raw, cfg)
	if err := conn.Handshake(); err != nil { // want `ctx is not passed to \(\*tls\.Conn\)\.Handshake: call HandshakeContext`
		raw.Close()
		return nil, err
	}
	return conn, nil
}

func (s *stock) resolve(ctx context.Context, host string) ([]string, error) {
	return net.LookupHost(host) // want `ctx is not passed to net\.LookupHost: use net\.Resolver\.LookupHost`
}

// memcache has its twins beside it, under the three names that are usual.
type memcache struct{ addr string }

func (m *memcache) fetch(ctx context.Context, verb, key string) ([]byte, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", m.addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, verb+" "+key+"\r\n"); err != nil {
		return nil, err
	}
	return io.ReadAll(conn)
}

func (m *memcache) Get(key string) ([]byte, error) { return m.GetContext(context.Background(), key) }

func (m *memcache) GetContext(ctx context.Context, key string) ([]byte, error) {
	return m.fetch(ctx, "get", key)
}

func (m *memcache) Delete(key string) error { return m.DeleteWithContext(context.Background(), key) }

func (m *memcache) DeleteWithContext(ctx context.Context, key string) error {
	_, err := m.fetch(ctx, "delete", key)
	return err
}

func (m *memcache) Touch(key string) error { return m.TouchCtx(context.Background(), key) }

func (m *memcache) TouchCtx(ctx context.Context, key string) error {
	_, err := m.fetch(ctx, "touch", key)
	return err
}

type option func(*memcache)

func (m *memcache) Stats(section string) ([]byte, error) {
	return m.StatsWithContext(context.Background(), section)
}

func (m *memcache) StatsWithContext(ctx context.Context, section string, opts ...option) ([]byte, error) {
	for _, o := range opts {
		o(m)
	}
	return m.fetch(ctx, "stats", section)
}

// Warm and WarmContext are functions, not methods.
func Warm(m *memcache, keys ...string) error { return WarmContext(context.Background(), m, keys...) }

func WarmContext(ctx context.Context, m *memcache, keys ...string) error {
	for _, key := range keys {
		if _, err := m.fetch(ctx, "gat", key); err != nil {
			return err
		}
	}
	return nil
}

func (s *stock) cached(ctx context.Context, sku string) ([]byte, error) {
	if err := Warm(s.cache, sku); err != nil { // want `ctx is not passed to Warm: call WarmContext`
		return nil, err
	}
	if err := s.cache.Touch(sku); err != nil { // want `ctx is not passed to Touch: call TouchCtx`
		return nil, err
	}
	if _, err := s.cache.Stats("items"); err != nil { // want `ctx is not passed to Stats: call StatsWithContext`
		return nil, err
	}
	return s.cache.Get(sku) // want `ctx is not passed to Get: call GetContext`
}

func (s *stock) sold(ctx context.Context, sku string) error {
	return s.cache.Delete(sku) // want `ctx is not passed to Delete: call DeleteWithContext`
}

// Twins are known by shape through an interface too.
type mailer interface {
	Send(to, body string) error
	SendContext(ctx context.Context, to, body string) error
}

func (s *stock) alert(ctx context.Context, m mailer, sku string) error {
	return m.Send("stock@example.org", sku+" is out") // want `ctx is not passed to Send: call SendContext`
}
