// Package labelcard defines an analyzer that reports metric labels, and names of
// metrics and spans, that any number of values flow into.
//
// # Analyzer labelcard
//
// labelcard: report metric labels fed from what nothing bounds
//
// Every new value of a label makes a new series, which the process and the
// metrics store keep: a path, an id or a header that clients choose fills both.
// The analyzer knows what clients choose and what is new each time, follows it
// through variables, fields, functions, closures and other packages, and reports
// where it becomes a label, an attribute, a tag, or the name of a metric or span.
//
// It reports the call that makes the label; or, if the value is passed to a
// function that does, the call that passes it, with the way. Calls in one function
// that make labels of the same are one finding. It reports, too, metrics that are
// registered anew for every request; and, where a vector's series are deleted when
// their object ends, a sibling with the same labels whose series are not.
//
// # Wrong
//
//	func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		s.mux.ServeHTTP(w, r)
//		s.requests.WithLabelValues(r.Header.Get("X-User-ID"), r.URL.Path).Inc()
//	}
//
// # Right
//
//	func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		s.mux.ServeHTTP(w, r)
//		s.requests.WithLabelValues(plan(r), r.Pattern).Inc()
//	}
//
// where plan returns one of a few constants. In a handler that is registered for
// routes, the analyzer offers r.Pattern in place of r.URL.Path.
//
// # Advice
//
// reduce the value to one of a few before it becomes a label: r.Pattern, a status class, a plan
//
// # At run time
//
// The program's own page of metrics shows which name has most series:
//
//	curl -s localhost:8080/metrics | grep -v '^#' | sed 's/[{ ].*//' |
//		sort | uniq -c | sort -n
//
// In Prometheus, scrape_series_added should be near 0 for a target that has run for
// a while, and prometheus_tsdb_head_series, which counts all series in memory,
// should be level. /api/v1/status/tsdb lists the worst names and labels as
// seriesCountByMetricName and labelValueCountByLabelName, and so does
//
//	topk(10, count by (__name__) ({__name__=~".+"}))
//
// The program's heap profile grows below client_golang's
// prometheus.(*metricMap).getOrCreateMetricWithLabelValues, or ...WithLabels. The
// metric SDK of OpenTelemetry stops at a limit, which is 2000 since v1.44: what
// comes later is one series with the attribute otel.metric.overflow. In a test, send
// requests with different ids and compare testutil.CollectAndCount before and after.
//
// # Why it may be silent
//
// Few values have constants, truth values, enumerations, routes as they were
// registered, and whatever a comparison, a switch, the lookup in a map or a
// function that does these has reduced to a fixed set on the way to the label. A
// check of the length or with a regular expression bounds nothing. It is silent
// about values that it cannot follow to their source, or that a test it cannot see
// into may have bounded; about vectors that the package deletes series of; about
// handlers that serve nothing but paths spelled out; and in tests.
//
// # Audit
//
// The audit tier adds the request's method, which is any word a client sends but
// mostly one of few; the text of errors that it cannot see the origin of; and series
// of objects with an end that nothing deletes.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, and in code that only helps tests, too.
//   - generated: true reports in generated files, too.
//   - Rows label, vector, pair, pairs and register tell of a metrics library; forget
//     of what deletes series; request, source, derive and fill of where values come
//     from; finite, weak, bound, route and routed of what bounds them; instead of
//     what to take in their place.
//   - //leakvet:bounded on a function, field, variable or type says that its values
//     are few; //leakvet:unbounded on a function, field or variable that they never
//     end.
//   - //leakvet:ignore labelcard REASON, on the line of the label or above it,
//     silences the finding; //leakvet:ignore-file labelcard REASON those of the
//     file.
//
// # Since
//
// v0.1.0
package labelcard
