package a

import (
	"context"
	"expvar"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/DataDog/datadog-go/v5/statsd"
	vm "github.com/VictoriaMetrics/metrics"
	kit "github.com/go-kit/kit/metrics"
	kitprometheus "github.com/go-kit/kit/metrics/prometheus"
	hashi "github.com/hashicorp/go-metrics"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/rcrowley/go-metrics"
	"github.com/uber-go/tally/v4"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	semconv "go.opentelemetry.io/otel/semconv/v1.26.0"
	"go.opentelemetry.io/otel/trace"
)

// portal measures with OpenTelemetry.
type portal struct {
	tracer  trace.Tracer
	visits  metric.Int64Counter
	elapsed metric.Float64Histogram
}

func newPortal() (*portal, error) {
	visits, err := otel.Meter("portal").Int64Counter("portal.visits")
	if err != nil {
		return nil, err
	}
	elapsed, err := otel.Meter("portal").Float64Histogram("portal.elapsed")
	if err != nil {
		return nil, err
	}
	return &portal{tracer: otel.Tracer("portal"), visits: visits, elapsed: elapsed}, nil
}

func (p *portal) visit(w http.ResponseWriter, r *http.Request) {
	ctx, span := p.tracer.Start(r.Context(), r.URL.Path) // want `^nothing bounds r\.URL\.Path before it becomes a span name$`
	defer span.End()
	span.SetName("visit " + r.Host)                                                                          // want `nothing bounds r\.Host before it becomes a span name`
	p.visits.Add(ctx, 1, metric.WithAttributes(attribute.String("path", r.URL.Path)))                        // want `^nothing bounds r\.URL\.Path before it becomes attribute "path"$`
	p.visits.Add(ctx, 1, metric.WithAttributes(attribute.Key("host").String(r.Host)))                        // want `^nothing bounds r\.Host before it becomes attribute "host"$`
	p.visits.Add(ctx, 1, metric.WithAttributes(semconv.UserAgentOriginal(r.UserAgent())))                    // want `nothing bounds r\.UserAgent\(\) before it becomes attribute`
	p.visits.Add(ctx, 1, metric.WithAttributeSet(attribute.NewSet(attribute.String("q", r.FormValue("q"))))) // want `nothing bounds r\.FormValue\("q"\) before it becomes attribute "q"`
	p.visits.Add(ctx, 1, metric.WithAttributes(                                                              // want `^nothing bounds r\.RemoteAddr and r\.RequestURI before they become attributes "client" and "uri"$`
		attribute.String("client", r.RemoteAddr),
		attribute.Int("status", 200),
		attribute.String("uri", r.RequestURI),
	))
}

func (p *portal) measure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		next.ServeHTTP(w, r)
		attrs := []attribute.KeyValue{
			attribute.String("method", r.Method),
			semconv.HTTPRoute(r.Pattern),
		}
		if id := r.Header.Get("X-Tenant"); id != "" {
			attrs = append(attrs, attribute.String("tenant", id))
		}
		opt := metric.WithAttributes(attrs...) // want `nothing bounds r\.Header\.Get\("X-Tenant"\) before it becomes attribute "tenant"`
		p.elapsed.Record(r.Context(), time.Since(start).Seconds(), opt)
		p.visits.Add(r.Context(), 1, opt)
	})
}

func attributesOf(r *http.Request) []attribute.KeyValue {
	return []attribute.KeyValue{
		attribute.String("scheme", "https"),
		{Key: "agent", Value: attribute.StringValue(r.UserAgent())},
	}
}

func (p *portal) helped(w http.ResponseWriter, r *http.Request) {
	p.visits.Add(r.Context(), 1, metric.WithAttributes(attributesOf(r)...)) // want `nothing bounds r\.UserAgent\(\) before it becomes attribute "agent"`
	p.add(r.Context(), "visit", r.PathValue("page"))                        // want `^nothing bounds r\.PathValue\("page"\) before it becomes attribute "page" \(add\)$`
}

func (p *portal) add(ctx context.Context, kind, page string) {
	p.visits.Add(ctx, 1, metric.WithAttributes(attribute.String("kind", kind), attribute.String("page", page)))
}

// The trace's id is in each measurement of its own.
func (p *portal) traced(ctx context.Context) {
	id := trace.SpanFromContext(ctx).SpanContext().TraceID().String()
	p.visits.Add(ctx, 1, metric.WithAttributes(attribute.String("trace", id))) // want `the id of a trace, before it becomes attribute "trace"`
}

func (p *portal) instrument(w http.ResponseWriter, r *http.Request) {
	c, err := otel.Meter("portal").Int64Counter("visits." + r.PathValue("page")) // want `nothing bounds r\.PathValue\("page"\) before it becomes a metric name`
	if err == nil {
		c.Add(r.Context(), 1)
	}
}

// VictoriaMetrics has the labels in the name.
var cache = vm.NewSet()

func proxied(w http.ResponseWriter, r *http.Request) {
	vm.GetOrCreateCounter(fmt.Sprintf(`proxy_requests_total{path=%q}`, r.URL.Path)).Inc()            // want `nothing bounds r\.URL\.Path before it becomes a metric name`
	vm.GetOrCreateHistogram(`proxy_seconds{host="` + r.Host + `"}`).Update(1)                        // want `nothing bounds r\.Host before it becomes a metric name`
	cache.GetOrCreateCounter(fmt.Sprintf(`cache_hits_total{user=%q}`, r.Header.Get("X-User"))).Inc() // want `nothing bounds r\.Header\.Get\("X-User"\) before it becomes a metric name`
	vm.NewGauge(fmt.Sprintf(`conns{addr=%q}`, r.RemoteAddr), nil)                                    // want `nothing bounds r\.RemoteAddr before it becomes a metric name`
}

// go-kit takes names and values in turn.
type instrumented struct {
	count   kit.Counter
	latency kit.Histogram
}

func newInstrumented() *instrumented {
	return &instrumented{
		count:   kitprometheus.NewCounterFrom(prometheus.CounterOpts{Namespace: "api", Name: "calls_total"}, []string{"method", "path"}),
		latency: kitprometheus.NewSummaryFrom(prometheus.SummaryOpts{Name: "api_seconds"}, []string{"user"}),
	}
}

func (i *instrumented) serve(w http.ResponseWriter, r *http.Request) {
	i.count.With("method", "get", "path", r.URL.Path).Add(1) // want `nothing bounds r\.URL\.Path before it becomes label "path" of api_calls_total`
	lvs := []string{"user", r.Header.Get("X-User")}
	i.latency.With(lvs...).Observe(1) // want `nothing bounds r\.Header\.Get\("X-User"\) before it becomes label "user" of api_seconds`
}

// hashicorp/go-metrics has lists of names.
func agent(w http.ResponseWriter, r *http.Request) {
	hashi.IncrCounter([]string{"agent", "http", r.Method, strings.ReplaceAll(r.URL.Path, "/", "_")}, 1)          // want `nothing bounds r\.URL\.Path before it becomes a metric name`
	hashi.IncrCounterWithLabels([]string{"agent", "rpc"}, 1, []hashi.Label{{Name: "peer", Value: r.RemoteAddr}}) // want `nothing bounds r\.RemoteAddr before it becomes label "peer"`
	labels := []hashi.Label{{Name: "kind", Value: "query"}}
	labels = append(labels, hashi.Label{Name: "datacenter", Value: r.FormValue("dc")})
	defer hashi.MeasureSinceWithLabels([]string{"agent", "query"}, time.Now(), labels) // want `nothing bounds r\.FormValue\("dc"\) before it becomes label "datacenter"`
}

// DataDog's tags are texts.
type tagged struct{ statsd statsd.ClientInterface }

func (t *tagged) serve(client *statsd.Client, r *http.Request, w http.ResponseWriter) {
	_ = client.Incr("requests", []string{"path:" + r.URL.Path, "env:prod"}, 1)               // want `nothing bounds r\.URL\.Path before it becomes a tag`
	_ = client.Gauge("requests."+r.Host, 1, nil, 1)                                          // want `nothing bounds r\.Host before it becomes a metric name`
	_ = t.statsd.Count("requests", 1, []string{fmt.Sprintf("user:%s", r.FormValue("u"))}, 1) // want `nothing bounds r\.FormValue\("u"\) before it becomes a tag`
}

func scoped(scope tally.Scope, w http.ResponseWriter, r *http.Request) {
	scope.Tagged(map[string]string{"path": r.URL.Path}).Counter("requests").Inc(1) // want `nothing bounds r\.URL\.Path before it becomes tag "path"`
	scope.Counter("requests_" + r.Host).Inc(1)                                     // want `nothing bounds r\.Host before it becomes a metric name`
}

func registry(w http.ResponseWriter, r *http.Request) {
	metrics.GetOrRegisterCounter("requests."+r.URL.Path, metrics.DefaultRegistry).Inc(1) // want `nothing bounds r\.URL\.Path before it becomes a metric name`
}

var hits = expvar.NewMap("hits")

func counted(w http.ResponseWriter, r *http.Request) {
	hits.Add(r.URL.Path, 1)                 // want `nothing bounds r\.URL\.Path before it becomes a key.*`
	hits.Set(r.RemoteAddr, new(expvar.Int)) // want `nothing bounds r\.RemoteAddr before it becomes a key.*`
}
