package ok

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

var upstream = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "upstream_total"}, []string{"host"})

// A client's own requests go where the program wants.
type transport struct{ next http.RoundTripper }

func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	upstream.WithLabelValues(req.URL.Host).Inc()
	upstream.WithLabelValues(req.Method + " " + req.URL.Path).Inc()
	return t.next.RoundTrip(req)
}

func ask(client *http.Client, base *url.URL, path string) error {
	req, err := http.NewRequest(http.MethodGet, base.JoinPath(path).String(), nil)
	if err != nil {
		return err
	}
	upstream.WithLabelValues(req.URL.Path).Inc()
	upstream.WithLabelValues(req.Header.Get("X-Kind")).Inc()
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	upstream.WithLabelValues(resp.Request.URL.Host).Inc()
	upstream.WithLabelValues(resp.Header.Get("Server")).Inc()
	return nil
}

// What the settings say.
type config struct {
	Name   string `json:"name"`
	Shards []struct {
		Name string `json:"name"`
	} `json:"shards"`
}

func load(path string) (*config, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	c := new(config)
	return c, json.Unmarshal(data, c)
}

type server struct {
	cfg      *config
	name     string
	requests *prometheus.CounterVec
	router   router
	accounts accounts
}

func newServer(cfg *config) *server {
	s := &server{cfg: cfg, name: cfg.Name}
	s.requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name:        "requests_total",
		ConstLabels: prometheus.Labels{"server": cfg.Name},
	}, []string{"server", "what"})
	for _, shard := range cfg.Shards {
		s.requests.WithLabelValues(shard.Name, "start").Inc()
	}
	return s
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.requests.WithLabelValues(s.name, "request").Inc()
	s.requests.WithLabelValues(s.cfg.Name, "request").Inc()
}

// What others make of a request, nobody knows here.
type router interface {
	Match(r *http.Request) string
}

type accounts interface {
	Lookup(ctx context.Context, token string) (*account, error)
}

type account struct {
	plan   string
	region string
}

func (s *server) matched(w http.ResponseWriter, r *http.Request) {
	s.requests.WithLabelValues(s.name, s.router.Match(r)).Inc()
	a, err := s.accounts.Lookup(r.Context(), r.Header.Get("Authorization"))
	if err != nil {
		return
	}
	s.requests.WithLabelValues(a.region, a.plan).Inc()
	name, _ := r.Context().Value(routeKey{}).(string)
	s.requests.WithLabelValues(s.name, name).Inc()
}

type routeKey struct{}

// A function that settings hold.
type hooks struct{ Label func(*http.Request) string }

func (h hooks) serve(w http.ResponseWriter, r *http.Request) {
	upstream.WithLabelValues(h.Label(r)).Inc()
}

func middleware(label func(*http.Request) string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		upstream.WithLabelValues(label(r)).Inc()
		next.ServeHTTP(w, r)
	})
}

// Fields are told apart, and so are structs.
type target struct {
	region string
	path   string
}

type visit struct {
	region string
	path   string
}

func visited(w http.ResponseWriter, r *http.Request) *visit {
	return &visit{region: "eu", path: r.URL.Path}
}

func (v *visit) count()  { upstream.WithLabelValues(v.region).Inc() }
func (t *target) count() { upstream.WithLabelValues(t.path).Inc() }

func targets(list []string) (out []*target) {
	for _, path := range list {
		out = append(out, &target{region: "us", path: path})
	}
	return out
}

// The last value that is stored counts.
func overwritten(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if strings.HasSuffix(host, ".example.com") {
		host = "ours"
	} else {
		host = "theirs"
	}
	upstream.WithLabelValues(host).Inc()
	labels := prometheus.Labels{"host": r.Host}
	labels["host"] = "any"
	upstream.With(labels).Inc()
}

// A list holds each value in its own place.
func placed(w http.ResponseWriter, r *http.Request) {
	both := []string{r.URL.Path, "fixed"}
	upstream.WithLabelValues(both[1]).Inc()
	pair := struct{ a, b string }{r.URL.Path, "fixed"}
	upstream.WithLabelValues(pair.b).Inc()
	for i, part := range strings.Split(r.URL.Path, "/") {
		if i > 0 && part == "admin" {
			upstream.WithLabelValues(part).Inc()
		}
	}
}

// The method value of a helper that is given constants.
func helped(w http.ResponseWriter, r *http.Request) {
	count(r, "GET")
	defer count(r, "POST")
}

func count(r *http.Request, what string) {
	_ = r.URL.Path
	upstream.WithLabelValues(what).Inc()
}
