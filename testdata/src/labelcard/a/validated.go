package a

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	byOther = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "other_total"}, []string{"id"})
	byNot   = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "not_total"}, []string{"plan"})
	byLess  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "less_total"}, []string{"n"})
	byFirst = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "first_total"}, []string{"plan"})
)

// What validates the kind, and that there is an id, says nothing of which.

type asked struct{ Kind, ID string }

func (q *asked) Validate() error {
	switch q.Kind {
	case "a", "b":
	default:
		return errors.New("unknown kind")
	}
	if q.ID == "" {
		return errors.New("no id")
	}
	return nil
}

func countsAsked(w http.ResponseWriter, r *http.Request) {
	q := &asked{r.FormValue("kind"), r.FormValue("id")}
	byOther.WithLabelValues(q.ID).Inc() // want `nothing bounds r.FormValue\("id"\)`
}

var plans = []string{"free", "pro"}

func countsNot(w http.ResponseWriter, r *http.Request) {
	p := r.FormValue("plan")
	if slices.ContainsFunc(plans, func(x string) bool { return x == p }) {
		return
	}
	byNot.WithLabelValues(p).Inc() // want `nothing bounds r.FormValue\("plan"\)`
}

func countsLess(w http.ResponseWriter, r *http.Request) {
	n, _ := strconv.Atoi(r.FormValue("n"))
	byLess.WithLabelValues(strconv.Itoa(max(n, 0))).Inc() // want `nothing bounds r.FormValue\("n"\)`
}

func countsFirst(w http.ResponseWriter, r *http.Request) {
	byFirst.WithLabelValues(cmp.Or(r.FormValue("plan"), "free")).Inc() // want `nothing bounds r.FormValue\("plan"\)`
}
