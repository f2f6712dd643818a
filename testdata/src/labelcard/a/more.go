package a

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

var (
	votes  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "votes_total"}, []string{"for"})
	recent = prometheus.NewDesc(prometheus.BuildFQName("poll", "", "recent"), "the last vote", []string{"for"}, nil)
)

// call carries what is measured from one method to the next.
type call struct {
	about
	start time.Time
}

type about struct{ route, user string }

type poll struct {
	vec    *prometheus.CounterVec
	calls  *prometheus.HistogramVec
	log    voteLog
	notify func(choice string)
	mu     sync.Mutex
	newest string
	queue  chan string
}

// voteLog has one implementation.
type voteLog interface{ Vote(choice string) }

type counting struct{}

func (counting) Vote(choice string) { votes.WithLabelValues(choice).Inc() }

func newPoll() *poll {
	return &poll{
		calls:  prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "poll_seconds"}, []string{"route", "user"}),
		log:    counting{},
		notify: func(choice string) { votes.WithLabelValues(choice).Inc() },
	}
}

func (p *poll) vote(w http.ResponseWriter, r *http.Request) {
	p.log.Vote(r.FormValue("choice"))   // want `^nothing bounds r\.FormValue\("choice"\) before it becomes label "for" of votes_total \(Vote\)$`
	p.notify(r.PostFormValue("choice")) // want `^nothing bounds r\.PostFormValue\("choice"\) before it becomes label "for" of votes_total`
	go addVote(r.PathValue("choice"))   // want `^nothing bounds r\.PathValue\("choice"\) before it becomes label "for" of votes_total \(addVote\)$`
}

func addVote(choice string) { votes.WithLabelValues(choice).Inc() }

// A struct that is passed on: what its field holds is known where it is used.
type ballot struct {
	choice, user string
	at           time.Time
}

func (p *poll) record(b *ballot) {
	p.calls.WithLabelValues(b.choice, "any").Observe(time.Since(b.at).Seconds()) // want `^nothing bounds r\.FormValue\("choice"\) before it becomes label "route" of poll_seconds$`
}

func (b ballot) label() string { return strings.ToLower(b.choice) }

func (p *poll) cast(w http.ResponseWriter, r *http.Request) {
	p.record(&ballot{choice: r.FormValue("choice"), at: time.Now()})
}

func (p *poll) castValue(w http.ResponseWriter, r *http.Request) {
	b := ballot{choice: r.FormValue("choice"), user: "nobody"}
	votes.WithLabelValues(b.label()).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
}

// An embedded struct's field.

func (p *poll) embedded(w http.ResponseWriter, r *http.Request) {
	c := call{start: time.Now()}
	c.route = r.URL.Path
	c.user = "any"
	p.calls.WithLabelValues(c.route, c.user).Observe(1) // want `^nothing bounds r\.URL\.Path before it becomes label "route" of poll_seconds$`
}

// More ways out of a request.
func (p *poll) ways(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	votes.WithLabelValues(q.Get("choice")).Inc() // want `q\.Get\("choice"\)|r\.URL\.Query\(\).*label "for"`
	if list := r.Form["choice"]; len(list) > 0 {
		votes.WithLabelValues(list[0]).Inc() // want `r\.Form.*label "for" of votes_total`
	}
	labels := prometheus.Labels{}
	for name, values := range r.PostForm {
		labels[name] = values[0]
	}
	votes.With(labels).Inc() // want `nothing bounds .* of votes_total`
	var id string
	if _, err := fmt.Sscanf(r.URL.Path, "/polls/%s", &id); err == nil {
		votes.WithLabelValues(id).Inc() // want `label "for" of votes_total`
	}
	if m := pollPath.FindStringSubmatch(r.URL.Path); m != nil {
		votes.WithLabelValues(m[1]).Inc() // want `label "for" of votes_total`
	}
	parts := strings.SplitN(r.URL.Path, "/", 3)
	votes.WithLabelValues(parts[len(parts)-1]).Inc()                     // want `label "for" of votes_total`
	votes.WithLabelValues(strings.Fields(r.FormValue("words"))...).Inc() // want `r\.FormValue\("words"\).* of votes_total`
	if user, ok := r.URL.User, true; ok {
		votes.WithLabelValues(user.Username()).Inc() // want `label "for" of votes_total`
	}
	if values, err := url.ParseQuery(r.URL.RawQuery); err == nil {
		votes.WithLabelValues(values.Get("choice")).Inc() // want `label "for" of votes_total`
	}
	for _, c := range r.Cookies() {
		votes.WithLabelValues(c.Name).Inc() // want `c\.Name before it becomes label "for"|label "for" of votes_total`
	}
}

var pollPath = regexp.MustCompile(`^/polls/([^/]+)$`)

func (p *poll) bodies(w http.ResponseWriter, r *http.Request) {
	lines := bufio.NewScanner(r.Body)
	for lines.Scan() {
		votes.WithLabelValues(lines.Text()).Inc() // want `lines\.Text\(\).*label "for" of votes_total|label "for" of votes_total`
	}
	var buf bytes.Buffer
	if _, err := buf.ReadFrom(r.Body); err == nil {
		votes.WithLabelValues(buf.String()).Inc() // want `label "for" of votes_total`
	}
	if row, err := csv.NewReader(r.Body).Read(); err == nil {
		votes.WithLabelValues(row[0]).Inc() // want `label "for" of votes_total`
	}
	line, err := bufio.NewReader(r.Body).ReadString('\n')
	if err == nil {
		votes.WithLabelValues(strings.TrimSpace(line)).Inc() // want `label "for" of votes_total`
	}
}

// A channel between the handler and who counts.
func (p *poll) enqueue(w http.ResponseWriter, r *http.Request) { p.queue <- r.FormValue("choice") }

func (p *poll) drain(ctx context.Context) {
	for {
		select {
		case choice := <-p.queue:
			votes.WithLabelValues(choice).Inc() // want `r\.FormValue\("choice"\).*label "for" of votes_total`
		case <-ctx.Done():
			return
		}
	}
}

// A collector that remembers.
func (p *poll) remember(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	p.newest = r.FormValue("choice")
	p.mu.Unlock()
}

func (p *poll) Describe(ch chan<- *prometheus.Desc) { ch <- recent }

func (p *poll) Collect(ch chan<- prometheus.Metric) {
	p.mu.Lock()
	defer p.mu.Unlock()
	ch <- prometheus.MustNewConstMetric(recent, prometheus.GaugeValue, 1, p.newest) // want `^nothing bounds r\.FormValue\("choice"\) before it becomes label "for" of poll_recent$`
}

// A handler with an argument of its own, and one that returns an error.
func (p *poll) route(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		p.calls.WithLabelValues(name, r.Header.Get("X-User")).Observe(1) // want `^nothing bounds r\.Header\.Get\("X-User"\) before it becomes label "user" of poll_seconds$`
	}
}

type handler func(w http.ResponseWriter, r *http.Request) error

func (h handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if err := h(w, r); err != nil {
		votes.WithLabelValues("error " + r.URL.Path).Inc() // want `r\.URL\.Path before it becomes label "for" of votes_total`
	}
}

// The sanitiser lets through what it does not know.
func choiceOf(s string) string {
	switch s {
	case "yes", "y":
		return "yes"
	case "no", "n":
		return "no"
	}
	return strings.ToLower(s)
}

func (p *poll) sanitized(w http.ResponseWriter, r *http.Request) {
	votes.WithLabelValues(choiceOf(r.FormValue("choice"))).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
}

// A cap of the length is none of the number.
func capped(s string) string {
	if len(s) > 64 {
		return s[:64]
	}
	return s
}

func quoted(s string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' {
			return -1
		}
		return c
	}, s)
}

func (p *poll) capped(w http.ResponseWriter, r *http.Request) {
	votes.WithLabelValues(capped(r.FormValue("choice"))).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
	votes.WithLabelValues(quoted(r.FormValue("choice"))).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
	n, err := strconv.ParseUint(r.FormValue("n"), 10, 32)
	if err != nil || n == 0 {
		return
	}
	votes.WithLabelValues(strconv.FormatUint(n, 10)).Inc() // want `r\.FormValue\("n"\) before it becomes label "for" of votes_total`
}

// The check is of something else.
func (p *poll) elsewhere(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("kind") == "poll" {
		votes.WithLabelValues(r.FormValue("choice")).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
	}
	choice := r.FormValue("choice")
	if choice == r.FormValue("confirm") {
		votes.WithLabelValues(choice).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
	}
}

// The vector is made here and used at once.
func (p *poll) own(reg prometheus.Registerer) http.HandlerFunc {
	hits := prometheus.NewCounterVec(prometheus.CounterOpts{Name: "own_total"}, []string{"path"})
	reg.MustRegister(hits)
	return func(w http.ResponseWriter, r *http.Request) {
		hits.WithLabelValues(r.URL.Path).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "path" of own_total$`
	}
}

// The vector is a parameter.
func countPaths(vec *prometheus.CounterVec, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		vec.WithLabelValues(r.URL.Path).Inc() // want `^nothing bounds r\.URL\.Path before it becomes a label$`
		next.ServeHTTP(w, r)
	})
}

// A handler of one path sees any query, and one of two patterns any path of the
// wider.
func exact(mux *http.ServeMux) {
	mux.HandleFunc("/exact", onePath)
	mux.HandleFunc("/narrow", twoPatterns)
	mux.HandleFunc("/wide/", twoPatterns)
	mux.HandleFunc("/calls", called)
}

func onePath(w http.ResponseWriter, r *http.Request) {
	votes.WithLabelValues(r.RequestURI).Inc()   // want `r\.RequestURI before it becomes label "for" of votes_total`
	votes.WithLabelValues(r.URL.String()).Inc() // want `r\.URL\.String\(\) before it becomes label "for" of votes_total`
	votes.WithLabelValues(r.Host).Inc()         // want `r\.Host before it becomes label "for" of votes_total`
}

func twoPatterns(w http.ResponseWriter, r *http.Request) {
	votes.WithLabelValues(r.URL.Path).Inc() // want `r\.URL\.Path before it becomes label "for" of votes_total`
}

func called(w http.ResponseWriter, r *http.Request) {
	votes.WithLabelValues(r.URL.Path).Inc() // want `r\.URL\.Path before it becomes label "for" of votes_total`
}

func calls(w http.ResponseWriter, r *http.Request) { called(w, r) }

// A check that locks is no better for it.
func (p *poll) open(choice string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(choice) > 64 || p.queue == nil {
		return fmt.Errorf("%q is too long", choice)
	}
	return nil
}

func (p *poll) accepts(choice string) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(choice) < 64 && p.queue != nil
}

func (p *poll) locked(w http.ResponseWriter, r *http.Request) {
	choice := r.FormValue("choice")
	if err := p.open(choice); err != nil {
		return
	}
	votes.WithLabelValues(choice).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
}

func (p *poll) accepted(w http.ResponseWriter, r *http.Request) {
	if choice := r.FormValue("choice"); p.accepts(choice) {
		votes.WithLabelValues(choice).Inc() // want `r\.FormValue\("choice"\) before it becomes label "for" of votes_total`
	}
}
