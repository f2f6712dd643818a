// Package gin is as much of the real one as the fixtures need.
package gin

import (
	"net"
	"net/http"
)

type Param struct{ Key, Value string }

type Params []Param

func (ps Params) ByName(name string) string { return "" }

type ResponseWriter interface {
	http.ResponseWriter
	Status() int
}

type Context struct {
	Request *http.Request
	Writer  ResponseWriter
	Params  Params
	Keys    map[string]any
}

type HandlerFunc func(*Context)

func (c *Context) ClientIP() string             { return "" }
func (c *Context) FullPath() string             { return "" }
func (c *Context) GetHeader(key string) string  { return "" }
func (c *Context) GetString(key string) string  { return "" }
func (c *Context) HandlerName() string          { return "" }
func (c *Context) JSON(code int, obj any)       {}
func (c *Context) Next()                        {}
func (c *Context) Param(key string) string      { return "" }
func (c *Context) PostForm(key string) string   { return "" }
func (c *Context) Query(key string) string      { return "" }
func (c *Context) Set(key string, value any)    {}
func (c *Context) ShouldBindJSON(obj any) error { return nil }
func (c *Context) ShouldBindUri(obj any) error  { return nil }

type Engine struct{}

func New() *Engine                                                 { return nil }
func (e *Engine) Use(middleware ...HandlerFunc)                    {}
func (e *Engine) GET(relativePath string, handlers ...HandlerFunc) {}

func (e *Engine) Run(addr ...string) error                { return nil }
func (e *Engine) RunTLS(addr, cert, key string) error     { return nil }
func (e *Engine) RunListener(listener net.Listener) error { return nil }

func (e *Engine) ServeHTTP(w http.ResponseWriter, r *http.Request) {}
