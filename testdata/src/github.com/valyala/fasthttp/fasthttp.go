// Package fasthttp is as much of the real one as the fixtures need.
package fasthttp

import "net"

type (
	Args           struct{}
	URI            struct{}
	RequestHeader  struct{}
	Request        struct{ Header RequestHeader }
	Response       struct{}
	RequestHandler func(ctx *RequestCtx)
)

type RequestCtx struct {
	Request  Request
	Response Response
}

func (ctx *RequestCtx) Host() []byte            { return nil }
func (ctx *RequestCtx) Method() []byte          { return nil }
func (ctx *RequestCtx) Path() []byte            { return nil }
func (ctx *RequestCtx) QueryArgs() *Args        { return nil }
func (ctx *RequestCtx) RemoteAddr() net.Addr    { return nil }
func (ctx *RequestCtx) RemoteIP() net.IP        { return nil }
func (ctx *RequestCtx) RequestURI() []byte      { return nil }
func (ctx *RequestCtx) URI() *URI               { return nil }
func (ctx *RequestCtx) UserValue(key any) any   { return nil }
func (a *Args) Peek(key string) []byte          { return nil }
func (h *RequestHeader) Peek(key string) []byte { return nil }
func (h *RequestHeader) UserAgent() []byte      { return nil }
func (u *URI) Path() []byte                     { return nil }
func (r *Response) StatusCode() int             { return 0 }
