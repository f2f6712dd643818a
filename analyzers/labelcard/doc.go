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
// # Since
//
// v0.1.0
package labelcard
