// Package echo is as much of the real one as the fixtures need.
package echo

import "net/http"

type Context interface {
	Request() *http.Request
	Response() *Response
	Path() string
	Param(name string) string
	ParamNames() []string
	QueryParam(name string) string
	FormValue(name string) string
	RealIP() string
	Bind(i any) error
	JSON(code int, i any) error
	Error(err error)
}

type Response struct {
	Writer http.ResponseWriter
	Status int
}

type (
	HandlerFunc    func(c Context) error
	MiddlewareFunc func(next HandlerFunc) HandlerFunc
)

type HTTPError struct {
	Code    int
	Message any
}

func (e *HTTPError) Error() string { return "" }

// Echo is the framework's engine.
type Echo struct {
	Server, TLSServer *http.Server
}

func New() *Echo { return nil }

func (e *Echo) Start(address string) error                   { return nil }
func (e *Echo) StartTLS(address string, cert, key any) error { return nil }
