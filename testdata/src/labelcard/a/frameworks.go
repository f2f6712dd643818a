package a

import (
	"context"
	"net/http"
	"strings"

	"github.com/IBM/sarama"
	"github.com/gin-gonic/gin"
	"github.com/go-chi/chi/v5"
	"github.com/gofiber/fiber/v2"
	"github.com/gorilla/mux"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/valyala/fasthttp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/peer"
	"google.golang.org/grpc/status"
)

var served = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "served_total"}, []string{"what"})

func ginHandlers(c *gin.Context) {
	served.WithLabelValues(c.Param("id")).Inc()              // want `^nothing bounds c\.Param\("id"\) before it becomes label "what" of served_total$`
	served.WithLabelValues(c.Query("q")).Inc()               // want `nothing bounds c\.Query\("q"\) before`
	served.WithLabelValues(c.PostForm("q")).Inc()            // want `nothing bounds c\.PostForm\("q"\) before`
	served.WithLabelValues(c.GetHeader("X-User")).Inc()      // want `nothing bounds c\.GetHeader\("X-User"\) before`
	served.WithLabelValues(c.ClientIP()).Inc()               // want `nothing bounds c\.ClientIP\(\) before`
	served.WithLabelValues(c.Request.URL.Path).Inc()         // want `nothing bounds c\.Request\.URL\.Path before`
	served.WithLabelValues(c.Request.Host).Inc()             // want `nothing bounds c\.Request\.Host before`
	served.WithLabelValues(c.Params.ByName("id")).Inc()      // want `nothing bounds c\.Params\.ByName\("id"\) before`
	served.WithLabelValues(c.Request.Header.Get("X")).Inc()  // want `nothing bounds c\.Request\.Header\.Get\("X"\) before`
	served.WithLabelValues(c.FullPath() + c.Query("")).Inc() // want `nothing bounds c\.Query\(""\) before`
}

func ginMiddleware() gin.HandlerFunc {
	return func(c *gin.Context) {
		path := c.FullPath()
		if path == "" {
			path = c.Request.URL.Path
		}
		c.Next()
		served.WithLabelValues(path).Inc() // want `nothing bounds c\.Request\.URL\.Path before it becomes label "what" of served_total`
	}
}

// The settings say what a label is; by default it is the path.
type ginSettings struct {
	urlLabel func(c *gin.Context) string
}

func newGinSettings() *ginSettings {
	return &ginSettings{urlLabel: func(c *gin.Context) string { return c.Request.URL.Path }}
}

func (s *ginSettings) handle(c *gin.Context) {
	c.Next()
	served.WithLabelValues(s.urlLabel(c)).Inc() // want `c\.Request\.URL\.Path before it becomes label "what" of served_total`
}

func ginBody(c *gin.Context) {
	var o order
	if err := c.ShouldBindJSON(&o); err != nil {
		return
	}
	served.WithLabelValues(o.Customer).Inc() // want `nothing bounds o\.Customer before`
}

func echoHandler(c echo.Context) error {
	served.WithLabelValues(c.Param("id")).Inc()                         // want `nothing bounds c\.Param\("id"\) before`
	served.WithLabelValues(c.QueryParam("q")).Inc()                     // want `nothing bounds c\.QueryParam\("q"\) before`
	served.WithLabelValues(c.RealIP()).Inc()                            // want `nothing bounds c\.RealIP\(\) before`
	served.WithLabelValues(c.Request().URL.Path).Inc()                  // want `nothing bounds c\.Request\(\)\.URL\.Path before`
	served.WithLabelValues(c.Request().Header.Get("X-Forwarded")).Inc() // want `c\.Request\(\)\.Header\.Get\("X-Forwarded"\) before`
	var o order
	if err := c.Bind(&o); err != nil {
		return err
	}
	served.WithLabelValues(o.Customer).Inc() // want `nothing bounds o\.Customer before`
	return nil
}

func echoMiddleware(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() { served.WithLabelValues(c.Request().Host).Inc() }() // want `nothing bounds c\.Request\(\)\.Host before`
		return next(c)
	}
}

func fiberHandler(c *fiber.Ctx) error {
	served.WithLabelValues(c.Path()).Inc()                    // want `nothing bounds c\.Path\(\) before`
	served.WithLabelValues(c.Params("id")).Inc()              // want `nothing bounds c\.Params\("id"\) before`
	served.WithLabelValues(c.Query("q", "none")).Inc()        // want `nothing bounds c\.Query\("q", …\) before`
	served.WithLabelValues(c.IP()).Inc()                      // want `nothing bounds c\.IP\(\) before`
	served.WithLabelValues(c.Get("User-Agent")).Inc()         // want `nothing bounds c\.Get\("User-Agent"\) before`
	served.WithLabelValues(string(c.OriginalURL())).Inc()     // want `nothing bounds c\.OriginalURL\(\) before`
	served.WithLabelValues(strings.Clone(c.Hostname())).Inc() // want `c\.Hostname\(\).* before`
	return c.Next()
}

func chiHandler(w http.ResponseWriter, r *http.Request) {
	served.WithLabelValues(chi.URLParam(r, "id")).Inc()                        // want `nothing bounds chi\.URLParam\(r, "id"\), a part of the path, before`
	served.WithLabelValues(chi.RouteContext(r.Context()).URLParam("id")).Inc() // want `a part of the path, before`
	served.WithLabelValues(chi.RouteContext(r.Context()).RoutePath).Inc()      // want `a part of the path, before`
	if rctx := chi.RouteContext(r.Context()); rctx != nil && rctx.RoutePattern() == "" {
		served.WithLabelValues(r.URL.Path).Inc() // want `nothing bounds r\.URL\.Path before`
	}
}

func muxHandler(w http.ResponseWriter, r *http.Request) {
	vars := mux.Vars(r)
	served.WithLabelValues(vars["bucket"]).Inc() // want `nothing bounds mux\.Vars\(r\).*, parts of the path, before`
}

func muxMiddleware(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := r.URL.Path
		if route := mux.CurrentRoute(r); route != nil {
			if t, err := route.GetPathTemplate(); err == nil {
				name = t
			}
		}
		served.WithLabelValues(name).Inc() // want `nothing bounds r\.URL\.Path before`
		next.ServeHTTP(w, r)
	})
}

func fasthttpHandler(ctx *fasthttp.RequestCtx) {
	served.WithLabelValues(string(ctx.Path())).Inc()                      // want `nothing bounds ctx\.Path\(\) before`
	served.WithLabelValues(string(ctx.Host())).Inc()                      // want `nothing bounds ctx\.Host\(\) before`
	served.WithLabelValues(ctx.RemoteIP().String()).Inc()                 // want `nothing bounds ctx\.RemoteIP\(\).* before`
	served.WithLabelValues(string(ctx.QueryArgs().Peek("q"))).Inc()       // want `ctx\.QueryArgs\(\)\.Peek\("q"\) before`
	served.WithLabelValues(string(ctx.Request.Header.Peek("X-ID"))).Inc() // want `ctx\.Request\.Header\.Peek\("X-ID"\) before`
	served.WithLabelValues(string(ctx.URI().Path())).Inc()                // want `ctx\.URI\(\)\.Path\(\) before`
}

// Messages as protoc-gen-go makes them.
type createRequest struct {
	Tenant string
	Spec   *spec
}

type spec struct{ Image string }

type createReply struct{ Id string }

func (*createRequest) ProtoMessage() {}
func (*createReply) ProtoMessage()   {}
func (*spec) ProtoMessage()          {}

func (x *createRequest) GetTenant() string {
	if x != nil {
		return x.Tenant
	}
	return ""
}

func (x *createRequest) GetSpec() *spec {
	if x != nil {
		return x.Spec
	}
	return nil
}

func (x *spec) GetImage() string {
	if x != nil {
		return x.Image
	}
	return ""
}

type machines struct {
	created *prometheus.CounterVec
	peers   *prometheus.CounterVec
}

func newMachines() *machines {
	return &machines{
		created: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "machines_created_total"}, []string{"tenant", "image"}),
		peers:   prometheus.NewCounterVec(prometheus.CounterOpts{Name: "peers_total"}, []string{"peer"}),
	}
}

func (m *machines) Create(ctx context.Context, req *createRequest) (*createReply, error) {
	m.created.WithLabelValues(req.GetTenant(), req.GetSpec().GetImage()).Inc() // want `^nothing bounds req\.GetTenant\(\) and req\.GetSpec\(\)\.GetImage\(\) before they become labels "tenant" and "image" of machines_created_total$`
	if req.Tenant == "" {
		return nil, status.Errorf(5, "no tenant")
	}
	m.created.With(prometheus.Labels{"tenant": req.Tenant, "image": "none"}).Inc() // want `nothing bounds req\.Tenant before it becomes label "tenant" of machines_created_total`
	return &createReply{}, m.admit(ctx)
}

func (m *machines) admit(ctx context.Context) error {
	if md, ok := metadata.FromIncomingContext(ctx); ok {
		if agents := md.Get("user-agent"); len(agents) > 0 {
			m.peers.WithLabelValues(agents[0]).Inc() // want `metadata of the call, before it becomes label "peer" of peers_total`
		}
	}
	if p, ok := peer.FromContext(ctx); ok {
		m.peers.WithLabelValues(p.Addr.String()).Inc() // want `nothing bounds .*, the peer's address, before it becomes label "peer" of peers_total`
	}
	return nil
}

func (m *machines) intercept(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
	resp, err := handler(ctx, req)
	m.peers.WithLabelValues(info.FullMethod + peerOf(ctx)).Inc() // want `peer\.FromContext\(ctx\).*, the peer's address, before it becomes label "peer" of peers_total`
	return resp, err
}

func peerOf(ctx context.Context) string {
	p, ok := peer.FromContext(ctx)
	if !ok {
		return "unknown"
	}
	return p.Addr.String()
}

// A stream gives what the client has sent.
func (m *machines) receive(stream grpc.ServerStream) error {
	req := new(createRequest)
	for {
		if err := stream.RecvMsg(req); err != nil {
			return err
		}
		m.peers.WithLabelValues(req.GetTenant()).Inc() // want `nothing bounds (createRequest\.GetTenant\(\)|what a client sends) before it becomes label "peer" of peers_total`
	}
}

// The key of a message.
type consumer struct{ read *prometheus.CounterVec }

func newConsumer() *consumer {
	return &consumer{read: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "read_total"}, []string{"topic", "key"})}
}

func (c *consumer) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for msg := range claim.Messages() {
		c.read.WithLabelValues(msg.Topic, string(msg.Key)).Inc() // want `nothing bounds .*messages, before it becomes label "key" of read_total$`
		session.MarkMessage(msg, "")
	}
	return nil
}

func (c *consumer) handle(msg *sarama.ConsumerMessage) {
	for _, h := range msg.Headers {
		c.read.WithLabelValues(msg.Topic, string(h.Value)).Inc() // want `nothing bounds (h\.Value|what a client sends) before it becomes label "key" of read_total`
	}
}
