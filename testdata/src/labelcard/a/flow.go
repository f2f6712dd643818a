package a

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// archive keeps documents for customers.
type archive struct {
	stored   *prometheus.CounterVec
	fetched  *prometheus.CounterVec
	duration *prometheus.HistogramVec
	mu       sync.Mutex
	last     string
	owners   map[string]string
}

func newArchive(reg prometheus.Registerer) *archive {
	a := &archive{
		stored: prometheus.NewCounterVec(prometheus.CounterOpts{
			Namespace: "archive",
			Name:      "stored_total",
		}, []string{"customer", "result"}),
		fetched: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "fetched_total"}, []string{"customer", "document"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "archive_seconds",
		}, []string{"what"}),
		owners: map[string]string{},
	}
	reg.MustRegister(a.stored, a.fetched, a.duration)
	return a
}

// Through variables.
func (a *archive) store(w http.ResponseWriter, r *http.Request) {
	customer := "anonymous"
	if id := r.Header.Get("X-Customer"); id != "" {
		customer = id
	}
	result := "ok"
	if r.ContentLength == 0 {
		result = "empty"
	}
	a.stored.WithLabelValues(customer, result).Inc() // want `^nothing bounds r\.Header\.Get\("X-Customer"\) before it becomes label "customer" of archive_stored_total$`
	var document string
	for _, part := range strings.Split(r.URL.Path, "/") {
		if strings.HasSuffix(part, ".pdf") {
			document = part
		}
	}
	a.fetched.WithLabelValues("all", document).Inc() // want `label "document" of fetched_total`
}

// Through a field of the package: one method sets it, another uses it.
func (a *archive) remember(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.last = r.FormValue("customer")
	a.owners[r.URL.Path] = r.FormValue("owner")
}

func (a *archive) flush() {
	a.stored.WithLabelValues(a.last, "flushed").Inc() // want `nothing bounds r\.FormValue\("customer"\) before it becomes label "customer" of archive_stored_total`
	for document, owner := range a.owners {
		a.fetched.WithLabelValues(owner, document).Inc() // want `r\.FormValue\("owner"\).*label.*"customer".*of fetched_total`
	}
}

// job is made by the handler and counts itself later.
type job struct {
	archive  *archive
	customer string
	started  time.Time
}

func newJob(a *archive, customer string) *job {
	return &job{archive: a, customer: customer, started: time.Now()}
}

func (a *archive) convert(w http.ResponseWriter, r *http.Request) {
	j := newJob(a, r.PathValue("customer"))
	go j.run()
}

func (j *job) run() {
	j.archive.stored.WithLabelValues(j.customer, "converted").Inc() // want `nothing bounds r\.PathValue\("customer"\) before it becomes label "customer" of archive_stored_total`
}

// A struct of the function's own.
func (a *archive) local(w http.ResponseWriter, r *http.Request) {
	entry := struct{ customer, document string }{r.FormValue("c"), "-"}
	a.fetched.WithLabelValues(entry.customer, entry.document).Inc() // want `^nothing bounds r\.FormValue\("c"\) before it becomes label "customer" of fetched_total$`
	var call callInfo
	call.who = r.RemoteAddr
	call.what = "fetch"
	a.fetched.WithLabelValues(call.who, call.what).Inc() // want `^nothing bounds r\.RemoteAddr before it becomes label "customer" of fetched_total$`
	c := &callInfo{who: "nobody", what: r.URL.Path}
	a.fetched.WithLabelValues(c.who, c.what).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "document" of fetched_total$`
}

type callInfo struct{ who, what string }

// info holds what it is given; labels makes of it what the vector wants.
func info(r *http.Request) callInfo {
	return callInfo{who: r.Header.Get("X-Customer"), what: r.URL.Path}
}

func (c callInfo) labels() []string { return []string{c.who, c.what} }

func (a *archive) gathered(w http.ResponseWriter, r *http.Request) {
	a.fetched.WithLabelValues(info(r).labels()...).Inc() // want `nothing bounds .* before .* label.* of fetched_total`
}

// Lists and maps that are built up first.
func (a *archive) built(w http.ResponseWriter, r *http.Request) {
	lvs := []string{"all", r.PathValue("document")}
	a.fetched.WithLabelValues(lvs...).Inc() // want `r\.PathValue\("document"\) before it becomes label "document" of fetched_total`

	values := make([]string, 0, 2)
	values = append(values, "all")
	values = append(values, r.URL.Path)
	a.fetched.WithLabelValues(values...).Inc() // want `r\.URL\.Path before it becomes .*label.* of fetched_total`

	fixed := make([]string, 2)
	fixed[0] = r.Host
	fixed[1] = "-"
	a.fetched.WithLabelValues(fixed...).Inc() // want `r\.Host before it becomes .*label.* of fetched_total`

	labels := prometheus.Labels{"customer": "all"}
	labels["document"] = r.URL.Path
	a.fetched.With(labels).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "document" of fetched_total$`

	byName := make(map[string]string)
	byName["customer"] = r.FormValue("c")
	byName["document"] = "-"
	a.fetched.With(byName).Inc() // want `^nothing bounds r\.FormValue\("c"\) before it becomes label "customer" of fetched_total$`

	a.fetched.With(both("all", r.URL.Path)).Inc() // want `r\.URL\.Path before it becomes .*label.* of fetched_total`
}

func both(customer, document string) prometheus.Labels {
	return prometheus.Labels{"customer": customer, "document": document}
}

// Middleware: the literal is what handles the request.
func (a *archive) instrument(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() {
			a.duration.WithLabelValues(r.URL.Path).Observe(time.Since(start).Seconds()) // want `^nothing bounds r\.URL\.Path before it becomes label "what" of archive_seconds$`
		}()
		next.ServeHTTP(w, r)
	})
}

func (a *archive) wrap(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		done := func(result string) {
			a.stored.WithLabelValues(path, result).Inc() // want `r\.URL\.Path before it becomes label "customer" of archive_stored_total`
		}
		next(w, r)
		done("ok")
	}
}

// A deferred literal sees what the variable holds at the end.
func (a *archive) atEnd(w http.ResponseWriter, r *http.Request) {
	customer := "unknown"
	defer func() {
		a.stored.WithLabelValues(customer, "ok").Inc() // want `r\.FormValue\("customer"\).*label "customer" of archive_stored_total`
	}()
	if r.ContentLength == 0 {
		return
	}
	customer = r.FormValue("customer")
}

// A method value is the method.
func (a *archive) count(customer, result string) {
	a.stored.WithLabelValues(customer, result).Inc()
}

func (a *archive) valued(w http.ResponseWriter, r *http.Request) {
	count := a.count
	count(r.FormValue("customer"), "ok") // want `r\.FormValue\("customer"\) before it becomes label "customer" of archive_stored_total`
	a.count("nobody", "ok")
}

func (a *archive) routes(mux *http.ServeMux) {
	mux.HandleFunc("/scan/", a.scan)
	mux.Handle("/fax/", a.wrap(a.fax))
}

func (a *archive) scan(w http.ResponseWriter, r *http.Request) {
	a.count(r.URL.Path, "scanned") // want `^nothing bounds r\.URL\.Path before it becomes label "customer" of archive_stored_total \(count\)$`
}

func (a *archive) fax(w http.ResponseWriter, r *http.Request) {
	a.stored.WithLabelValues(r.FormValue("number"), "faxed").Inc() // want `r\.FormValue\("number"\).*label "customer"`
}

// A function without a name of its own.
func (a *archive) literal(w http.ResponseWriter, r *http.Request) {
	count := func(customer string) { a.stored.WithLabelValues(customer, "ok").Inc() }
	count(r.FormValue("customer")) // want `r\.FormValue\("customer"\).*label "customer" of archive_stored_total`
	func(result string) {          // want `r\.FormValue\("result"\).*label "result" of archive_stored_total`
		a.stored.WithLabelValues("all", result).Inc()
	}(r.FormValue("result"))
}

// Helpers of helpers: reported where the value is, with the way.
func (a *archive) delete(w http.ResponseWriter, r *http.Request) {
	a.finish(r.PathValue("customer"), nil) // want `^nothing bounds r\.PathValue\("customer"\) before it becomes label "customer" of archive_stored_total \(finish → count\)$`
}

func (a *archive) finish(customer string, err error) {
	if err != nil {
		a.count(customer, "failed")
		return
	}
	a.count(customer, "ok")
}

// The results of helpers.
func (a *archive) list(w http.ResponseWriter, r *http.Request) {
	a.stored.WithLabelValues(customerOf(r), "listed").Inc()                                // want `nothing bounds .*r\.Header\.Get\("X-Customer"\).* before it becomes label "customer" of archive_stored_total`
	a.stored.WithLabelValues(orElse(r.FormValue("customer"), "anonymous"), "listed").Inc() // want `r\.FormValue\("customer"\).*label "customer"`
	customer, document := split(r.URL.Path)
	a.fetched.WithLabelValues(customer, document).Inc() // want `r\.URL\.Path .*labels "customer" and "document" of fetched_total`
	_, document = split("all/" + r.PathValue("document"))
	a.fetched.WithLabelValues("all", document).Inc() // want `r\.PathValue\("document"\).*label "document" of fetched_total`
}

func customerOf(r *http.Request) string {
	if c := r.Header.Get("X-Customer"); c != "" {
		return c
	}
	return "anonymous"
}

func orElse(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

func split(path string) (customer, document string) {
	customer, document, _ = strings.Cut(strings.TrimPrefix(path, "/"), "/")
	return customer, document
}

// The helper picks the part of the request itself: it is what must change, once
// for all who call it.
func (a *archive) observe(r *http.Request, code int) {
	a.stored.WithLabelValues(r.URL.Path, fmt.Sprint(code)).Inc() // want `^nothing bounds r\.URL\.Path before it becomes label "customer" of archive_stored_total$`
}

func (a *archive) get(w http.ResponseWriter, r *http.Request) { a.observe(r, 200) }

func (a *archive) put(w http.ResponseWriter, r *http.Request) { a.observe(r, 201) }

// Whether it asks a field of the request or a method of it.
func (a *archive) agent(r *http.Request) {
	a.fetched.WithLabelValues(r.UserAgent(), "agent").Inc() // want `^nothing bounds r\.UserAgent\(\) before it becomes label "customer" of fetched_total$`
}

func (a *archive) head(w http.ResponseWriter, r *http.Request) { a.agent(r) }

func (a *archive) options(w http.ResponseWriter, r *http.Request) { a.agent(r) }

// Generic helpers.
func first[T any](list []T) (zero T) {
	if len(list) == 0 {
		return zero
	}
	return list[0]
}

func countOf[S ~string](vec *prometheus.CounterVec, s S) { vec.WithLabelValues(string(s), "ok").Inc() }

type customerID string

func (a *archive) generic(w http.ResponseWriter, r *http.Request) {
	a.stored.WithLabelValues(first(r.Header.Values("X-Customer")), "ok").Inc() // want `r\.Header\.Values\("X-Customer"\).*label "customer"`
	countOf(a.stored, customerID(r.FormValue("customer")))                     // want `r\.FormValue\("customer"\).*label.*\(countOf\)`
}

// What a client sends in the body.
type order struct {
	Customer string `json:"customer"`
	Items    []item `json:"items"`
	Address  *struct {
		City string `json:"city"`
	} `json:"address"`
	Count int `json:"count"`
}

type item struct {
	SKU string `json:"sku"`
}

func (a *archive) order(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := json.NewDecoder(r.Body).Decode(&o); err != nil {
		http.Error(w, "bad order", http.StatusBadRequest)
		return
	}
	a.stored.WithLabelValues(o.Customer, "ordered").Inc()  // want `^nothing bounds o\.Customer before it becomes label "customer" of archive_stored_total$`
	a.fetched.WithLabelValues("all", o.Address.City).Inc() // want `o\.Address\.City before it becomes label "document"`
	for _, it := range o.Items {
		a.fetched.WithLabelValues("all", it.SKU).Inc() // want `it\.SKU before it becomes label "document"`
	}
	a.checkout(&o)
}

func (a *archive) checkout(o *order) {
	a.stored.WithLabelValues(o.Customer, "paid").Inc() // want `nothing bounds o\.Customer before it becomes label "customer" of archive_stored_total`
}

func (a *archive) raw(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	a.stored.WithLabelValues(string(body), "raw").Inc() // want `label "customer" of archive_stored_total`
}

func (a *archive) ordered(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	order := &order{}
	if err := json.Unmarshal(body, order); err != nil {
		return
	}
	a.stored.WithLabelValues(order.Customer, "raw").Inc() // want `order\.Customer before it becomes label "customer"`
}

func (a *archive) loose(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	var fields map[string]any
	if err := json.Unmarshal(body, &fields); err != nil {
		return
	}
	customer, _ := fields["customer"].(string)
	a.stored.WithLabelValues(customer, "raw").Inc() // want `label "customer" of archive_stored_total`
	var feed struct {
		Title string `xml:"title"`
	}
	if err := xml.NewDecoder(r.Body).Decode(&feed); err != nil {
		return
	}
	a.stored.WithLabelValues(feed.Title, "raw").Inc() // want `feed\.Title before it becomes label "customer"`
}

// A decoder of the package's own.
func decode(r *http.Request, into any) error {
	return json.NewDecoder(http.MaxBytesReader(nil, r.Body, 1<<20)).Decode(into)
}

func (a *archive) decoded(w http.ResponseWriter, r *http.Request) {
	var o order
	if err := decode(r, &o); err != nil {
		return
	}
	a.stored.WithLabelValues(o.Customer, "decoded").Inc() // want `o\.Customer before it becomes label "customer"`
}

func parse[T any](r *http.Request) (T, error) {
	var v T
	err := json.NewDecoder(r.Body).Decode(&v)
	return v, err
}

func (a *archive) parsed(w http.ResponseWriter, r *http.Request) {
	o, err := parse[order](r)
	if err != nil {
		return
	}
	a.stored.WithLabelValues(o.Customer, "parsed").Inc() // want `o\.Customer before it becomes label "customer"`
}

// Files that a client sends have names that it likes.
func (a *archive) upload(w http.ResponseWriter, r *http.Request) {
	f, header, err := r.FormFile("scan")
	if err != nil {
		return
	}
	defer f.Close()
	a.fetched.WithLabelValues("all", header.Filename).Inc() // want `r\.FormFile\("scan"\)\.Filename before it becomes label "document"`
}

// Connections without HTTP.
func (a *archive) listen(l net.Listener) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		go a.serve(conn)
	}
}

func (a *archive) serve(conn net.Conn) {
	defer conn.Close()
	a.stored.WithLabelValues(conn.RemoteAddr().String(), "connected").Inc() // want `conn\.RemoteAddr\(\).*label "customer" of archive_stored_total`
}

// The text of an error of the network has addresses and ports in it.
func (a *archive) fetch(w http.ResponseWriter, r *http.Request) {
	resp, err := http.Get("http://store/documents")
	if err != nil {
		a.stored.WithLabelValues("all", err.Error()).Inc() // want `^nothing bounds .*\.Error\(\), the text of an error, before it becomes label "result" of archive_stored_total`
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer resp.Body.Close()
	conn, err := net.Dial("tcp", "store:9000")
	if err != nil {
		err = fmt.Errorf("store: %w", err)
		log.Print(err)
		a.stored.WithLabelValues("all", fmt.Sprintf("dial: %v", err)).Inc() // want `the text of an error.*label "result"`
		return
	}
	conn.Close()
	if err := a.ping(); err != nil {
		a.stored.WithLabelValues("all", err.Error()).Inc() // want `\.Error\(\), the text of an error, before it becomes label "result"`
	}
}

func (a *archive) ping() error {
	conn, err := net.DialTimeout("tcp", "store:9000", time.Second)
	if err != nil {
		return err
	}
	return conn.Close()
}

// The text of an error that is made of what a client sends.
func (a *archive) validate(w http.ResponseWriter, r *http.Request) {
	if err := known(r.FormValue("customer")); err != nil {
		a.stored.WithLabelValues("all", err.Error()).Inc() // want `err\.Error\(\).*label "result"|r\.FormValue\("customer"\).*label "result"`
	}
}

func known(customer string) error {
	if !strings.HasPrefix(customer, "c-") {
		return fmt.Errorf("unknown customer %q", customer)
	}
	return errors.New("no archive")
}
