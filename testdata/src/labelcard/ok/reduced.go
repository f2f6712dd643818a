package ok

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	calls = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "calls_total"}, []string{"what"})
	hosts = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "hosts_total"}, []string{"host", "method"})
)

// A switch with an answer for all the rest.
func switched(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	switch path {
	case "/", "/health", "/login":
	default:
		path = "other"
	}
	calls.WithLabelValues(path).Inc()
}

func methods(w http.ResponseWriter, r *http.Request) {
	method := strings.ToUpper(r.Header.Get("X-HTTP-Method-Override"))
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		calls.WithLabelValues(method).Inc()
	}
}

func matched(w http.ResponseWriter, r *http.Request) {
	var kind string
	switch {
	case strings.HasPrefix(r.URL.Path, "/api/"):
		kind = "api"
	case strings.HasSuffix(r.URL.Path, ".js"), strings.HasSuffix(r.URL.Path, ".css"):
		kind = "static"
	default:
		kind = "page"
	}
	calls.WithLabelValues(kind).Inc()
}

// A chain of comparisons.
func chained(w http.ResponseWriter, r *http.Request) {
	sort := r.FormValue("sort")
	if sort != "name" && sort != "date" {
		sort = "none"
	}
	calls.WithLabelValues(sort).Inc()
	if lang := r.FormValue("lang"); lang == "de" || lang == "en" {
		calls.WithLabelValues(lang).Inc()
	}
	if r.FormValue("mode") == "dark" {
		calls.WithLabelValues(r.FormValue("mode")).Inc()
	}
	order := r.FormValue("order")
	if order != "asc" {
		if order != "desc" {
			http.Error(w, "bad order", http.StatusBadRequest)
			return
		}
	}
	calls.WithLabelValues(order).Inc()
}

// Tables.
var (
	known   = map[string]bool{"/": true, "/health": true}
	names   = map[string]string{"a": "alpha", "b": "beta"}
	plans   = map[string]struct{}{"free": {}, "paid": {}}
	formats = []string{"json", "xml"}
)

func looked(w http.ResponseWriter, r *http.Request) {
	if known[r.URL.Path] {
		calls.WithLabelValues(r.URL.Path).Inc()
	}
	name, ok := names[r.FormValue("name")]
	if !ok {
		name = "other"
	}
	calls.WithLabelValues(name).Inc()
	plan := r.Header.Get("X-Plan")
	if _, ok := plans[plan]; !ok {
		plan = "unknown"
	}
	calls.WithLabelValues(plan).Inc()
	format := r.FormValue("format")
	if !slices.Contains(formats, format) {
		format = "json"
	}
	calls.WithLabelValues(format).Inc()
	if slices.Contains([]string{"one", "two"}, strings.ToLower(r.FormValue("n"))) {
		calls.WithLabelValues(strings.ToLower(r.FormValue("n"))).Inc()
	}
	for _, f := range formats {
		if strings.EqualFold(f, r.FormValue("as")) {
			calls.WithLabelValues(f).Inc()
		}
	}
	i := slices.Index(formats, r.FormValue("index"))
	calls.WithLabelValues(strconv.Itoa(i)).Inc()
	calls.WithLabelValues(map[bool]string{true: "yes", false: "no"}[r.FormValue("flag") != ""]).Inc()
}

// A loop that compares with each.
func compared(w http.ResponseWriter, r *http.Request) {
	as := r.FormValue("as")
	found := "other"
	for _, f := range formats {
		if f == as {
			found = as
			break
		}
	}
	calls.WithLabelValues(found).Inc()
}

// Helpers that return one of few values.
func page(path string) string {
	switch {
	case path == "/", path == "/index.html":
		return "index"
	case strings.HasPrefix(path, "/users/"):
		return "users"
	}
	return "other"
}

func method(m string) string {
	switch strings.ToUpper(m) {
	case "GET", "PUT":
		return strings.ToLower(m)
	default:
		return "other"
	}
}

func planOf(r *http.Request) string {
	p := r.Header.Get("X-Plan")
	if _, ok := plans[p]; ok {
		return p
	}
	return "none"
}

func lookup(name string) string {
	if n, ok := names[name]; ok {
		return n
	}
	return "other"
}

func agent(ua string) (browser string) {
	browser = "other"
	for _, b := range []string{"Firefox", "Chrome", "curl"} {
		if strings.Contains(ua, b) {
			browser = b
		}
	}
	return browser
}

func size(n int64) string {
	if n < 1<<10 {
		return "small"
	} else if n < 1<<20 {
		return "medium"
	}
	return "large"
}

func code(status int) string {
	if status < 100 || status > 599 {
		return "unknown"
	}
	return strconv.Itoa(status)
}

func sanitized(w http.ResponseWriter, r *http.Request) {
	calls.WithLabelValues(page(r.URL.Path)).Inc()
	calls.WithLabelValues(planOf(r)).Inc()
	calls.WithLabelValues(lookup(r.FormValue("name"))).Inc()
	calls.WithLabelValues(agent(r.UserAgent())).Inc()
	calls.WithLabelValues(size(r.ContentLength)).Inc()
	hosts.With(prometheus.Labels{"host": page(r.Host), "method": method(r.Method)}).Inc()
	calls.WithLabelValues(method(r.Header.Get("X-Method"))).Inc()
	n, _ := strconv.Atoi(r.FormValue("status"))
	calls.WithLabelValues(code(n)).Inc()
}

// Helpers that tell whether it is one of few values.
func isKnown(path string) bool { return known[path] }

func isPlan(p string) bool {
	switch p {
	case "free", "paid":
		return true
	}
	return false
}

func isFormat(f string) bool { return slices.Contains(formats, f) }

func isOneOf(s string, list ...string) bool {
	for _, x := range list {
		if s == x {
			return true
		}
	}
	return false
}

func checkPlan(p string) error {
	if p != "free" && p != "paid" {
		return fmt.Errorf("unknown plan %q", p)
	}
	return nil
}

var errNoFormat = errors.New("no such format")

func checkFormat(f string) error {
	if slices.Contains(formats, f) {
		return nil
	}
	return errNoFormat
}

func parsePlan(p string) (plan, error) {
	switch p {
	case "free":
		return free, nil
	case "paid":
		return paid, nil
	}
	return "", fmt.Errorf("unknown plan %q", p)
}

func told(w http.ResponseWriter, r *http.Request) {
	if isKnown(r.URL.Path) {
		calls.WithLabelValues(r.URL.Path).Inc()
	}
	plan := r.FormValue("plan")
	if !isPlan(plan) {
		plan = "other"
	}
	calls.WithLabelValues(plan).Inc()
	format := r.FormValue("format")
	if !isFormat(format) {
		http.Error(w, "bad format", http.StatusBadRequest)
		return
	}
	calls.WithLabelValues(format).Inc()
	if side := r.FormValue("side"); isOneOf(side, "left", "right") {
		calls.WithLabelValues(side).Inc()
	}
}

func refused(w http.ResponseWriter, r *http.Request) {
	plan := r.FormValue("plan")
	if err := checkPlan(plan); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	calls.WithLabelValues(plan).Inc()
	format := r.FormValue("format")
	if checkFormat(format) != nil {
		return
	}
	calls.WithLabelValues(format).Inc()
	parsed, err := parsePlan(r.FormValue("to"))
	if err != nil {
		return
	}
	calls.WithLabelValues(string(parsed)).Inc()
}

// What comes of a decoded enumeration is checked like any other.
type input struct {
	Kind  string `json:"kind"`
	Level int    `json:"level"`
	Dry   bool   `json:"dry"`
}

func (in *input) validate() error {
	switch in.Kind {
	case "full", "partial":
	default:
		return fmt.Errorf("unknown kind %q", in.Kind)
	}
	return nil
}

func decoded(w http.ResponseWriter, r *http.Request) {
	var in input
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return
	}
	calls.WithLabelValues(strconv.FormatBool(in.Dry)).Inc()
	switch in.Kind {
	case "full", "partial":
		calls.WithLabelValues(in.Kind).Inc()
	}
	if in.Level < 0 || in.Level > 9 {
		in.Level = 0
	}
	calls.WithLabelValues(strconv.Itoa(in.Level)).Inc()
}

func validated(w http.ResponseWriter, r *http.Request) {
	var in input
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return
	}
	if err := in.validate(); err != nil {
		return
	}
	calls.WithLabelValues(in.Kind).Inc()
}

// A configured set bounds what it holds.
type tenants struct {
	byID  map[string]*tenant
	allow []string
	limit *limiter
}

type tenant struct{ name string }

func (t *tenants) get(id string) (*tenant, bool) {
	found, ok := t.byID[id]
	return found, ok
}

func (t *tenants) allowed(id string) bool { return slices.Contains(t.allow, id) }

func (t *tenants) serve(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("X-Tenant")
	if _, ok := t.byID[id]; !ok {
		http.NotFound(w, r)
		return
	}
	calls.WithLabelValues(id).Inc()
}

func (t *tenants) find(w http.ResponseWriter, r *http.Request) {
	found, ok := t.get(r.Header.Get("X-Tenant"))
	if !ok {
		http.NotFound(w, r)
		return
	}
	calls.WithLabelValues(found.name).Inc()
}

func (t *tenants) known(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("X-Tenant")
	if _, ok := t.get(id); !ok {
		return
	}
	calls.WithLabelValues(id).Inc()
}

func (t *tenants) may(w http.ResponseWriter, r *http.Request) {
	if id := r.Header.Get("X-Tenant"); t.allowed(id) {
		calls.WithLabelValues(id).Inc()
	}
	host := "_other"
	if t.allowed(r.Host) {
		host = strings.ToLower(r.Host)
	}
	calls.WithLabelValues(host).Inc()
}

func (t *tenants) nonNil(w http.ResponseWriter, r *http.Request) {
	id := r.Header.Get("X-Tenant")
	if t.byID[id] == nil {
		return
	}
	calls.WithLabelValues(id).Inc()
	for _, id := range slices.Sorted(maps.Keys(t.byID)) {
		calls.WithLabelValues(id).Inc()
	}
}

// A set that takes no more than so many.
type limiter struct {
	seen map[string]struct{}
	max  int
}

func (l *limiter) bound(v string) string {
	if _, ok := l.seen[v]; ok {
		return v
	}
	if len(l.seen) >= l.max {
		return "other"
	}
	l.seen[v] = struct{}{}
	return v
}

func (t *tenants) limited(w http.ResponseWriter, r *http.Request) {
	calls.WithLabelValues(t.limit.bound(r.Header.Get("X-Tenant"))).Inc()
}

// Replacing what an expression matches is there to make few values of many.
var digits = regexp.MustCompile(`[0-9]+|[0-9a-f-]{36}`)

func normalize(path string) string { return digits.ReplaceAllString(path, ":id") }

func normalized(w http.ResponseWriter, r *http.Request) {
	calls.WithLabelValues(digits.ReplaceAllString(r.URL.Path, ":id")).Inc()
	calls.WithLabelValues(normalize(r.URL.Path)).Inc()
	calls.WithLabelValues(strings.ToLower(normalize(r.URL.Path))).Inc()
}

// A label with a constraint.
var constrained = prometheus.V2.NewCounterVec(prometheus.CounterVecOpts{
	CounterOpts: prometheus.CounterOpts{Name: "constrained_total"},
	VariableLabels: prometheus.ConstrainedLabels{
		{Name: "path", Constraint: page},
	},
})

func constraint(w http.ResponseWriter, r *http.Request) {
	constrained.WithLabelValues(r.URL.Path).Inc()
}
