package ok

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	byKind  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "valid_total"}, []string{"kind"})
	byTag   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "tagged_total"}, []string{"kind"})
	byPlan  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "plan_total"}, []string{"plan"})
	byIndex = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "index_total"}, []string{"plan"})
	byOr    = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "or_total"}, []string{"plan"})
	byTry   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "try_total"}, []string{"n"})
)

// What validates a request holds its fields against what they may be.

type order struct{ Kind string }

func (q *order) Validate() error {
	switch q.Kind {
	case "a", "b":
		return nil
	}
	return errors.New("unknown kind")
}

func readOrder(r *http.Request) (*order, error) {
	q := &order{Kind: r.FormValue("kind")}
	if err := q.Validate(); err != nil {
		return nil, err
	}
	return q, nil
}

func countsOrder(w http.ResponseWriter, r *http.Request) {
	q, err := readOrder(r)
	if err != nil {
		return
	}
	byKind.WithLabelValues(q.Kind).Inc()
}

type tagged struct {
	Kind string `json:"kind" validate:"required,oneof=a b"`
}

func countsTagged(w http.ResponseWriter, r *http.Request) {
	q := tagged{Kind: r.FormValue("kind")}
	byTag.WithLabelValues(q.Kind).Inc()
}

// A list is searched for it.

type tariff struct{ name string }

var tariffs = []tariff{{"free"}, {"pro"}}

func countsPlan(w http.ResponseWriter, r *http.Request) {
	p := r.FormValue("plan")
	if !slices.ContainsFunc(tariffs, func(x tariff) bool { return strings.EqualFold(x.name, p) }) {
		return
	}
	byPlan.WithLabelValues(p).Inc()
}

func countsIndex(w http.ResponseWriter, r *http.Request) {
	p := r.FormValue("plan")
	if slices.IndexFunc(tariffs, func(x tariff) bool { return x.name == p }) < 0 {
		return
	}
	byIndex.WithLabelValues(p).Inc()
}

var tariffOf = map[string]string{"free": "free", "pro": "paid"}

func countsOr(w http.ResponseWriter, r *http.Request) {
	byOr.WithLabelValues(cmp.Or(tariffOf[r.FormValue("plan")], "free")).Inc()
}

// A number between two others.
func countsTries(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.Atoi(r.Header.Get("X-Retry-Count"))
	if err != nil {
		n = 0
	}
	byTry.WithLabelValues(strconv.Itoa(min(max(n, 0), 10))).Inc()
}
