package ok

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/metric"
	"go.opentelemetry.io/otel/trace"
	"google.golang.org/grpc"
)

var routed = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "routed_seconds"}, []string{"route"})

// The handler of one path sees that path alone.
func setup() {
	http.HandleFunc("/login", login)
	http.HandleFunc("POST /logout", logout)
	http.Handle("/version", http.HandlerFunc(versions))
	m := http.NewServeMux()
	m.HandleFunc("GET /about/{$}", about)
	_ = http.ListenAndServe(":8080", m)
}

func login(w http.ResponseWriter, r *http.Request)    { routed.WithLabelValues(r.URL.Path).Observe(1) }
func logout(w http.ResponseWriter, r *http.Request)   { routed.WithLabelValues(r.URL.Path).Observe(1) }
func versions(w http.ResponseWriter, r *http.Request) { routed.WithLabelValues(r.URL.Path).Observe(1) }
func about(w http.ResponseWriter, r *http.Request)    { routed.WithLabelValues(r.URL.Path).Observe(1) }

// Each route gets its label where it is registered.
func instrument(route string, next http.HandlerFunc) http.HandlerFunc {
	observer := routed.WithLabelValues(route)
	return func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		defer func() { observer.Observe(time.Since(start).Seconds()) }()
		next(w, r)
	}
}

func routes(m *http.ServeMux) {
	m.HandleFunc("/users/", instrument("users", func(w http.ResponseWriter, r *http.Request) {}))
	for path, handler := range map[string]http.HandlerFunc{"/a": first, "/b": second} {
		m.HandleFunc(path, instrument(path, handler))
	}
}

func first(w http.ResponseWriter, r *http.Request)  {}
func second(w http.ResponseWriter, r *http.Request) {}

// The router knows the pattern.
func ginRoute(c *gin.Context) {
	c.Next()
	routed.WithLabelValues(c.FullPath()).Observe(1)
	routed.WithLabelValues(c.HandlerName()).Observe(1)
	routed.WithLabelValues(c.Request.Method + c.FullPath()).Observe(1)
	path := c.FullPath()
	if path == "" {
		path = "unmatched"
	}
	routed.WithLabelValues(path).Observe(1)
}

// The names of the parameters in the place of their values.
func ginNames(c *gin.Context) {
	path := c.Request.URL.Path
	for _, p := range c.Params {
		path = strings.Replace(path, p.Value, ":"+p.Key, 1)
	}
	routed.WithLabelValues(path).Observe(1)
}

type options struct {
	mapURL func(c *gin.Context) string
}

func newOptions() *options {
	return &options{mapURL: func(c *gin.Context) string {
		url := c.Request.URL.Path
		for _, p := range c.Params {
			if p.Key == "name" {
				url = strings.Replace(url, p.Value, ":name", 1)
				break
			}
		}
		return url
	}}
}

func (o *options) handle(c *gin.Context) { routed.WithLabelValues(o.mapURL(c)).Observe(1) }

// What other handlers have put into the context.
func ginKey(c *gin.Context) {
	routed.WithLabelValues(c.GetString("route")).Observe(1)
	name, _ := c.Keys["route"].(string)
	routed.WithLabelValues(name).Observe(1)
}

func echoRoute(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		err := next(c)
		routed.WithLabelValues(c.Path()).Observe(1)
		path := c.Request().URL.Path
		for _, name := range c.ParamNames() {
			path = strings.Replace(path, c.Param(name), ":"+name, 1)
		}
		routed.WithLabelValues(path).Observe(1)
		return err
	}
}

func fiberRoute(c *fiber.Ctx) error {
	err := c.Next()
	routed.WithLabelValues(c.Route().Path).Observe(1)
	routed.WithLabelValues(c.Method()).Observe(1)
	return err
}

func chiRoute(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		next.ServeHTTP(w, r)
		routed.WithLabelValues(chi.RouteContext(r.Context()).RoutePattern()).Observe(1)
		rctx := chi.RouteContext(r.Context())
		routed.WithLabelValues(strings.Join(rctx.RoutePatterns, "")).Observe(1)
		route := "unknown"
		if rctx := chi.RouteContext(r.Context()); rctx != nil && rctx.RoutePattern() != "" {
			route = rctx.RoutePattern()
		}
		routed.WithLabelValues(route).Observe(1)
	})
}

func muxRoute(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := "unmatched"
		if route := mux.CurrentRoute(r); route != nil {
			if t, err := route.GetPathTemplate(); err == nil {
				name = t
			}
			if route.GetName() != "" {
				name = route.GetName()
			}
		}
		routed.WithLabelValues(name).Observe(1)
		next.ServeHTTP(w, r)
	})
}

// A method that is called is a registered one.
func unary(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	start := time.Now()
	defer func() { routed.WithLabelValues(info.FullMethod).Observe(time.Since(start).Seconds()) }()
	service, method := splitMethod(info.FullMethod)
	routed.WithLabelValues(service + "/" + method).Observe(1)
	return handler(ctx, req)
}

func stream(srv any, ss grpc.ServerStream, info *grpc.StreamServerInfo, handler grpc.StreamHandler) error {
	routed.WithLabelValues(info.FullMethod).Observe(1)
	return handler(srv, ss)
}

func splitMethod(full string) (service, method string) {
	full = strings.TrimPrefix(full, "/")
	if i := strings.Index(full, "/"); i >= 0 {
		return full[:i], full[i+1:]
	}
	return "unknown", "unknown"
}

// A path below a prefix that is one of few.
func sub(w http.ResponseWriter, r *http.Request) {
	switch op := strings.TrimPrefix(r.URL.Path, "/debug/"); op {
	case "heap", "allocs":
		routed.WithLabelValues(op).Observe(1)
	}
}

// Attributes of spans and events make no series.
func traced(tracer trace.Tracer, visits metric.Int64Counter) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, span := tracer.Start(r.Context(), "serve "+r.Pattern, trace.WithAttributes(
			attribute.String("path", r.URL.Path),
			attribute.String("client", r.RemoteAddr),
		))
		defer span.End()
		span.SetAttributes(attribute.String("agent", r.UserAgent()))
		span.AddEvent("visit", trace.WithAttributes(attribute.String("query", r.URL.RawQuery)))
		visits.Add(ctx, 1, metric.WithAttributes(attribute.String("route", r.Pattern)))
		attrs := []attribute.KeyValue{attribute.String("route", r.Pattern)}
		visits.Add(ctx, 1, metric.WithAttributes(attrs...))
		attrs = append(attrs, attribute.String("path", r.URL.Path))
		span.SetAttributes(attrs...)
	})
}

// So do literals and methods.
type site struct{ hits *prometheus.CounterVec }

func newSite(m *http.ServeMux) *site {
	s := &site{hits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "site_hits_total"}, []string{"path"})}
	m.HandleFunc("/contact", s.contact)
	m.HandleFunc("/imprint", func(w http.ResponseWriter, r *http.Request) {
		s.hits.WithLabelValues(r.URL.Path).Inc()
	})
	m.Handle("/terms", s)
	return s
}

func (s *site) contact(w http.ResponseWriter, r *http.Request) {
	s.hits.WithLabelValues(r.URL.Path).Inc()
}

func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := r.URL.Path
	defer func() { s.hits.WithLabelValues(path).Inc() }()
}
