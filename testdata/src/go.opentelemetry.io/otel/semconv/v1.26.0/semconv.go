// Package semconv is as much of the real one as the fixtures need.
package semconv

import "go.opentelemetry.io/otel/attribute"

const HTTPRouteKey = attribute.Key("http.route")

func ClientAddress(val string) attribute.KeyValue       { return attribute.KeyValue{} }
func HTTPRoute(val string) attribute.KeyValue           { return HTTPRouteKey.String(val) }
func HTTPResponseStatusCode(val int) attribute.KeyValue { return attribute.KeyValue{} }
func URLPath(val string) attribute.KeyValue             { return attribute.KeyValue{} }
func UserAgentOriginal(val string) attribute.KeyValue   { return attribute.KeyValue{} }
