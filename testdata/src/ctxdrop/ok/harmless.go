package ok

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"net/http"
	"os"
	"strconv"
	"sync"
	"text/template"
	"time"
)

// basket lives in memory.
type basket struct {
	mu    sync.Mutex
	lines map[string]int
	page  *template.Template
	log   *slog.Logger
}

// Add has the shape of what blocks: an error, and no context.
func (b *basket) Add(sku string, n int) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if n <= 0 {
		return fmt.Errorf("%s: %d pieces", sku, n)
	}
	b.lines[sku] += n
	return nil
}

func (b *basket) validate() error {
	for sku, n := range b.lines {
		if n > 100 {
			return errors.New(sku + ": too many")
		}
	}
	return nil
}

func (b *basket) fill(ctx context.Context, form map[string]string) error {
	for sku, text := range form {
		n, err := strconv.Atoi(text)
		if err != nil {
			return err
		}
		if err := b.Add(sku, n); err != nil {
			return err
		}
	}
	return b.validate()
}

// Loggers take contexts for their values.
func (b *basket) show(w http.ResponseWriter, r *http.Request) {
	slog.Info("basket shown", "lines", len(b.lines))
	b.log.Warn("no template cache")
	log.Printf("%s %s", r.Method, r.URL.Path)
	if err := b.page.Execute(w, b.lines); err != nil {
		b.log.Error("render", "err", err)
	}
}

// urlParam is chi's: it reads the request's context itself.
func urlParam(r *http.Request, key string) string {
	if rctx := routeContext(r.Context()); rctx != nil {
		return rctx.params[key]
	}
	return ""
}

type routing struct{ params map[string]string }

func routeContext(ctx context.Context) *routing {
	val, _ := ctx.Value(traceKey{}).(*routing)
	return val
}

func (b *basket) one(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, b.lines[urlParam(r, "sku")])
}

// Constructors that only store have nothing to wait for.
type store struct {
	db  *sql.DB
	ctx context.Context
}

func newStore(db *sql.DB) (*store, error) {
	if db == nil {
		return nil, errors.New("store: no database")
	}
	return &store{db: db, ctx: context.Background()}, nil
}

func newStoreWith(ctx context.Context, db *sql.DB) *store { return &store{db: db, ctx: ctx} }

func build(ctx context.Context, dsn string) (*store, error) {
	db, err := sql.Open("postgres", dsn)
	if err != nil {
		return nil, err
	}
	db.SetConnMaxLifetime(time.Minute)
	return newStore(db)
}

func rebuild(ctx context.Context, db *sql.DB) *store {
	return newStoreWith(context.Background(), db)
}

// Files, sleeps, locks and the program's own goroutines are not I/O that a
// context ends.
func (b *basket) save(ctx context.Context, path string) error {
	text, err := json.Marshal(b.lines)
	if err != nil {
		return err
	}
	time.Sleep(time.Millisecond)
	return os.WriteFile(path, text, 0o600)
}

func (b *basket) pause() { time.Sleep(10 * time.Millisecond) }

func (b *basket) settle(ctx context.Context) {
	b.pause()
	var wg sync.WaitGroup
	wg.Go(func() { b.pause() })
	wg.Wait()
}

// A twin that has no error to return is a getter's.
func (b *basket) Len() int { return len(b.lines) }

func (b *basket) LenContext(ctx context.Context) int { return len(b.lines) }

// A twin with other results, or other parameters, is another function.
func (b *basket) Remove(sku string) error {
	delete(b.lines, sku)
	return nil
}

func (b *basket) RemoveContext(ctx context.Context, skus []string) error {
	for _, sku := range skus {
		delete(b.lines, sku)
	}
	return ctx.Err()
}

func (b *basket) String() (string, error) { return "basket", nil }

func (b *basket) StringContext(ctx context.Context, width int) (string, error) { return "", nil }

func (b *basket) shrink(ctx context.Context, sku string) (int, error) {
	name, err := b.String()
	if err != nil {
		return 0, errors.New(name)
	}
	return b.Len(), b.Remove(sku)
}

// Which implementation stands behind an interface is not known.
type gateway interface {
	Charge(cents int64) error
}

type stripe struct{ client *http.Client }

func (s *stripe) Charge(cents int64) error {
	resp, err := s.client.Post("http://stripe/charge", "", bytes.NewReader(nil))
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

type sandbox struct{ charged int64 }

func (s *sandbox) Charge(cents int64) error {
	s.charged += cents
	return nil
}

func pay(ctx context.Context, g gateway, cents int64) error { return g.Charge(cents) }

// What stands behind a function value is not known either.
type pricer struct {
	lookup func(sku string) (int64, error)
}

func (p *pricer) price(ctx context.Context, sku string) (int64, error) { return p.lookup(sku) }

func discount(ctx context.Context, rule func() error) error { return rule() }

// No context is at hand.
func migrate(db *sql.DB) error {
	_, err := db.Exec("CREATE TABLE IF NOT EXISTS items (sku text)")
	return err
}

func (s *store) warm() error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return s.db.PingContext(ctx)
}

// A function XContext cannot ask for itself.
func (s *store) Ping() error { return s.PingContext(context.Background()) }

func (s *store) PingContext(ctx context.Context) error { return s.db.PingContext(ctx) }

// The replacement is deprecated: it is no advice.
func (s *store) Vacuum(table string) error { return vacuum(s, table) }

// VacuumContext once took a context.
//
// Deprecated: use Vacuum, which does not wait.
func (s *store) VacuumContext(ctx context.Context, table string) error { return vacuum(s, table) }

func vacuum(s *store, table string) error {
	if s.db == nil {
		return errors.New(table + ": no database")
	}
	return nil
}

func (s *store) tidy(ctx context.Context) error { return s.Vacuum("items") }
