package a

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/push"
)

var (
	pages = prometheus.NewCounterVec(prometheus.CounterOpts{
		Namespace: "shop", Subsystem: "http", Name: "pages_total",
	}, []string{"path"})
	requests = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "http_requests_total"},
		[]string{"method", "code", "user", "path"})
	latency = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "http_latency_seconds"},
		[]string{"host", "code"})
	clients  = promauto.With(prometheus.DefaultRegisterer).NewCounterVec(prometheus.CounterOpts{Name: "clients_total"}, []string{"addr"})
	sizes    = prometheus.NewSummaryVec(prometheus.SummaryOpts{Name: "body_bytes"}, []string{"type"})
	sessions = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "sessions"}, []string{"user", "agent"})
	searches = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "searches_total"}, []string{"query"})
)

// The method, which is mostly one of few words, and the status are no matter
// for the default tier.
type shop struct {
	mux *http.ServeMux
}

func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rec := &recorder{ResponseWriter: w, status: 200}
	s.mux.ServeHTTP(rec, r)
	requests.WithLabelValues(r.Method, strconv.Itoa(rec.status), r.Header.Get("X-User-ID"), r.URL.Path).Inc() // want `^nothing bounds r\.Header\.Get\("X-User-ID"\) and r\.URL\.Path before they become labels "user" and "path" of http_requests_total$`
	pages.WithLabelValues(r.URL.Path).Inc()                                                                   // want `^nothing bounds r\.URL\.Path before it becomes label "path" of shop_http_pages_total$`
}

type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func parts(w http.ResponseWriter, r *http.Request) {
	pages.WithLabelValues(r.RequestURI).Inc()                                             // want `nothing bounds r\.RequestURI before`
	pages.WithLabelValues(r.URL.String()).Inc()                                           // want `nothing bounds r\.URL\.String\(\) before`
	pages.WithLabelValues(r.URL.EscapedPath()).Inc()                                      // want `nothing bounds r\.URL\.EscapedPath\(\) before`
	pages.WithLabelValues(r.PathValue("id")).Inc()                                        // want `nothing bounds r\.PathValue\("id"\) before`
	searches.With(prometheus.Labels{"query": r.URL.Query().Get("q")}).Inc()               // want `nothing bounds r\.URL\.Query\(\)\.Get\("q"\) before it becomes label "query" of searches_total`
	searches.With(prometheus.Labels{"query": r.URL.RawQuery}).Inc()                       // want `nothing bounds r\.URL\.RawQuery before`
	searches.With(map[string]string{"query": r.FormValue("q")}).Inc()                     // want `nothing bounds r\.FormValue\("q"\) before it becomes label "query"`
	searches.WithLabelValues(r.PostFormValue("q")).Inc()                                  // want `nothing bounds r\.PostFormValue\("q"\) before`
	searches.WithLabelValues(r.Form.Get("q")).Inc()                                       // want `nothing bounds r\.Form\.Get\("q"\) before`
	latency.WithLabelValues(r.Host, "200").Observe(1)                                     // want `^nothing bounds r\.Host before it becomes label "host" of http_latency_seconds$`
	clients.WithLabelValues(r.RemoteAddr).Inc()                                           // want `^nothing bounds r\.RemoteAddr before it becomes label "addr" of clients_total$`
	sizes.WithLabelValues(r.Header.Get("Content-Type")).Observe(float64(r.ContentLength)) // want `nothing bounds r\.Header\.Get\("Content-Type"\) before it becomes label "type" of body_bytes`
	sizes.WithLabelValues(r.Header["Content-Type"][0]).Observe(1)                         // want `nothing bounds r\.Header\["Content-Type"\].* before`
	sessions.With(prometheus.Labels{                                                      // want `^nothing bounds r\.UserAgent\(\) and r\.Referer\(\) before they become labels "agent" and "user" of sessions$`
		"agent": r.UserAgent(),
		"user":  r.Referer(),
	}).Inc()
	if user, _, ok := r.BasicAuth(); ok {
		sessions.WithLabelValues(user, "basic").Inc() // want `nothing bounds r\.BasicAuth\(\) before it becomes label "user" of sessions`
	}
	if c, err := r.Cookie("session"); err == nil {
		sessions.WithLabelValues(c.Value, "cookie").Inc() // want `nothing bounds r\.Cookie\("session"\)\.Value before it becomes label "user"`
	}
	sizes.WithLabelValues(strconv.FormatInt(r.ContentLength, 10)).Observe(1) // want `nothing bounds .*r\.ContentLength`
	for name := range r.Header {
		sizes.WithLabelValues(name).Observe(1) // want `nothing bounds .* before it becomes label "type"`
	}
	for _, v := range r.URL.Query()["tag"] {
		searches.WithLabelValues(v).Inc() // want `nothing bounds .* before it becomes label "query"`
	}
}

// All ways to ask a vector for a series.
func ways(w http.ResponseWriter, r *http.Request) {
	if c, err := pages.GetMetricWithLabelValues(r.URL.Path); err == nil { // want `nothing bounds r\.URL\.Path before it becomes label "path" of shop_http_pages_total`
		c.Inc()
	}
	if c, err := pages.GetMetricWith(prometheus.Labels{"path": r.URL.Path}); err == nil { // want `r\.URL\.Path.*label "path" of shop_http_pages_total`
		c.Inc()
	}
	mine := requests.MustCurryWith(prometheus.Labels{"user": r.Header.Get("X-User-ID")})   // want `r\.Header\.Get\("X-User-ID"\) before it becomes label "user" of http_requests_total`
	mine.With(prometheus.Labels{"path": r.URL.Path, "method": "GET", "code": "200"}).Inc() // want `r\.URL\.Path before it becomes label "path" of http_requests_total`
	if theirs, err := latency.CurryWith(prometheus.Labels{"host": r.Host}); err == nil {   // want `r\.Host before it becomes label "host" of http_latency_seconds`
		theirs.WithLabelValues("200").Observe(1)
	}
	pages.With(prometheus.Labels{"path": r.URL.Path}).Inc() // want `r\.URL\.Path before it becomes label "path"`
	var o prometheus.ObserverVec = latency
	o.WithLabelValues(r.Host, "200").Observe(1) // want `r\.Host before it becomes .*label`
}

// A metric made for a request is one more series for ever.
func perRequest(w http.ResponseWriter, r *http.Request) {
	hits := prometheus.NewCounter(prometheus.CounterOpts{ // want `nothing bounds r\.URL\.Path before it becomes a metric name`
		Name: "hits_" + strings.ReplaceAll(r.URL.Path, "/", "_"),
	})
	hits.Inc()
	depth := prometheus.NewGauge(prometheus.GaugeOpts{ // want `nothing bounds r\.Host before it becomes label "tenant" of queue_depth`
		Name:        "queue_depth",
		ConstLabels: prometheus.Labels{"tenant": r.Host},
	})
	depth.Set(1)
	name := fmt.Sprintf("tenant_%s_total", r.Header.Get("X-Tenant"))
	tenant := prometheus.NewCounter(prometheus.CounterOpts{Name: name}) // want `nothing bounds r\.Header\.Get\("X-Tenant"\) before it becomes a metric name`
	tenant.Inc()
	reg := prometheus.WrapRegistererWith(prometheus.Labels{"user": r.FormValue("user")}, prometheus.DefaultRegisterer) // want `nothing bounds r\.FormValue\("user"\) before it becomes label "user"`
	reg.MustRegister(hits)
	_ = push.New("http://push:9091", "batch").Grouping("instance", r.RemoteAddr).Collector(hits).Push() // want `nothing bounds r\.RemoteAddr before it becomes`
}

// A metric that is registered for a request stays, whatever its name.
func registers(w http.ResponseWriter, r *http.Request) {
	hits := prometheus.NewCounter(prometheus.CounterOpts{Name: "hits"})
	if err := prometheus.Register(hits); err != nil { // want `Register registers a metric for every request`
		http.Error(w, "registered before", http.StatusInternalServerError)
	}
	promauto.NewGauge(prometheus.GaugeOpts{Name: "depth"}).Set(1) // want `NewGauge registers a metric for every request`
}

// What changes a text leaves as many values as there were.
func edited(w http.ResponseWriter, r *http.Request) {
	pages.WithLabelValues(strings.ToLower(r.URL.Path)).Inc()                                 // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(strings.TrimPrefix(r.URL.Path, "/api/v1")).Inc()                   // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(strings.Trim(strings.ReplaceAll(r.URL.Path, "/", "_"), "_")).Inc() // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(strings.Split(r.URL.Path, "/")[1]).Inc()                           // want `label "path"`
	pages.WithLabelValues(path.Base(r.URL.Path)).Inc()                                       // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues("/" + r.PathValue("bucket") + "/").Inc()                           // want `r\.PathValue\("bucket"\).*label "path"`
	pages.WithLabelValues(fmt.Sprintf("%s %s", r.Method, r.URL.Path)).Inc()                  // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(fmt.Sprint(r.URL)).Inc()                                           // want `nothing bounds (r\.URL|fmt\.Sprint\((r\.URL|…)\)) before it becomes label "path"`
	pages.WithLabelValues(r.URL.Path[:min(len(r.URL.Path), 32)]).Inc()                       // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(strconv.Quote(r.URL.Path)).Inc()                                   // want `r\.URL\.Path.*label "path"`
	pages.WithLabelValues(strings.ToValidUTF8(r.URL.Path, "")).Inc()                         // want `r\.URL\.Path.*label "path"`
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		clients.WithLabelValues(host).Inc() // want `r\.RemoteAddr.*label "addr"`
	}
	if ip := net.ParseIP(r.Header.Get("X-Forwarded-For")); ip != nil {
		clients.WithLabelValues(ip.String()).Inc() // want `r\.Header\.Get\("X-Forwarded-For"\).*label "addr"`
	}
	if first, _, ok := strings.Cut(r.Header.Get("X-Forwarded-For"), ","); ok {
		clients.WithLabelValues(first).Inc() // want `r\.Header\.Get\("X-Forwarded-For"\).*label "addr"`
	}
	if u, err := url.Parse(r.FormValue("next")); err == nil {
		latency.WithLabelValues(u.Hostname(), "302").Observe(1) // want `label "host"`
	}
	if n, err := strconv.Atoi(r.FormValue("page")); err == nil {
		searches.WithLabelValues(strconv.Itoa(n)).Inc() // want `r\.FormValue\("page"\).*label "query"`
	}
	var b strings.Builder
	b.WriteString("q:")
	b.WriteString(r.FormValue("q"))
	searches.WithLabelValues(b.String()).Inc() // want `label "query"`
}

var validName = regexp.MustCompile(`^[a-z][a-z0-9-]{0,62}$`)

// A name of the right shape is any of very many.
func shaped(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if len(name) > 64 {
		http.Error(w, "name too long", http.StatusBadRequest)
		return
	}
	if !validName.MatchString(name) {
		http.Error(w, "bad name", http.StatusBadRequest)
		return
	}
	searches.WithLabelValues(name).Inc() // want `nothing bounds r\.PathValue\("name"\) before it becomes label "query" of searches_total`
}

func checkName(name string) error {
	if name == "" || len(name) > 64 || strings.ContainsAny(name, "/\x00") {
		return fmt.Errorf("bad name %q", name)
	}
	return nil
}

func isName(name string) bool { return validName.MatchString(name) }

func checked(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if err := checkName(name); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	searches.WithLabelValues(name).Inc() // want `r\.FormValue\("name"\).*label "query"`
}

func matched(w http.ResponseWriter, r *http.Request) {
	if name := r.FormValue("name"); isName(name) {
		searches.WithLabelValues(name).Inc() // want `r\.FormValue\("name"\).*label "query"`
	}
}

func prefixed(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if strings.HasPrefix(name, "user-") && name != "user-0" {
		searches.WithLabelValues(name).Inc() // want `r\.FormValue\("name"\).*label "query"`
	}
}

func cut(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if len(name) > 20 {
		name = name[:20]
	}
	searches.WithLabelValues(name).Inc() // want `r\.FormValue\("name"\).*label "query"`
}

// A way around the check is enough.
func around(w http.ResponseWriter, r *http.Request) {
	kind := r.FormValue("kind")
	switch kind {
	case "book", "film":
	case "":
		kind = "any"
	default:
		kind = strings.ToLower(kind)
	}
	searches.WithLabelValues(kind).Inc() // want `r\.FormValue\("kind"\).*label "query"`
	sort := r.FormValue("sort")
	if sort != "" {
		searches.WithLabelValues(sort).Inc() // want `r\.FormValue\("sort"\).*label "query"`
	}
}

// The handler serves all paths below its pattern, so the path is not the route.
func register(mux *http.ServeMux) {
	mux.HandleFunc("/files/", serveFiles)
	mux.HandleFunc("/users/{id}", serveUser)
	mux.Handle("/", http.HandlerFunc(serveRest))
}

func serveFiles(w http.ResponseWriter, r *http.Request) {
	defer observe(time.Now(), r.URL.Path) // want `^nothing bounds r\.URL\.Path before it becomes label "host" of http_latency_seconds \(observe\)$`
	w.WriteHeader(http.StatusNoContent)
}

func serveUser(w http.ResponseWriter, r *http.Request) {
	pages.WithLabelValues(r.URL.Path).Inc() // want `r\.URL\.Path.*label "path"`
}

func serveRest(w http.ResponseWriter, r *http.Request) {
	pages.WithLabelValues(r.URL.Path).Inc() // want `r\.URL\.Path.*label "path"`
}

func observe(start time.Time, what string) {
	latency.WithLabelValues(what, "200").Observe(time.Since(start).Seconds())
}
