// Package chi is as much of the real one as the fixtures need.
package chi

import (
	"context"
	"net/http"
)

type RouteParams struct{ Keys, Values []string }

type Context struct {
	RoutePath, RouteMethod string
	URLParams              RouteParams
	RoutePatterns          []string
}

func (x *Context) RoutePattern() string       { return "" }
func (x *Context) URLParam(key string) string { return "" }

func RouteContext(ctx context.Context) *Context   { return nil }
func URLParam(r *http.Request, key string) string { return "" }
