// Package ctxdrop defines an analyzer that reports contexts that are at hand
// and not passed to what blocks.
//
// # Analyzer ctxdrop
//
// ctxdrop: report contexts that are not passed to calls that block
//
// A request ends when its client goes away or its deadline passes, and its
// context says so. A call that blocks without that context works on for nobody
// and holds its connection, goroutine and memory until it happens to end. The
// analyzer knows which calls block, follows them through functions, closures,
// interfaces with one implementation and other packages, and reports where a
// context is at hand and something else is passed: a fresh one, or none at all.
// A struct that is called a context and embeds one is at hand, too.
//
// It reports a fresh context where it is made; a call that has a twin which
// takes a context; and a call of a function that takes none and blocks
// underneath, with the way to what blocks. One finding stands for one thing to
// change: a function that lacks a parameter is reported once in a package,
// however often it is called.
//
// # Wrong
//
//	func (s *Server) order(w http.ResponseWriter, r *http.Request) {
//		if err := s.inventory.Reserve(r.FormValue("id")); err != nil { // Reserve → post → Do
//			http.Error(w, err.Error(), http.StatusBadGateway)
//		}
//	}
//
//	func (c *Client) Reserve(id string) error {
//		req, err := http.NewRequest(http.MethodPost, c.url(id), nil)
//		...
//		return c.post(req)
//	}
//
// # Right
//
//	func (s *Server) order(w http.ResponseWriter, r *http.Request) {
//		if err := s.inventory.Reserve(r.Context(), r.FormValue("id")); err != nil {
//			http.Error(w, err.Error(), http.StatusBadGateway)
//		}
//	}
//
//	func (c *Client) Reserve(ctx context.Context, id string) error {
//		req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url(id), nil)
//		...
//		return c.post(req)
//	}
//
// Work that must go on when the request is over says so:
//
//	go s.audit(context.WithoutCancel(ctx), event)
//
// # Advice
//
// pass the context at hand; if the work must outlive it, pass context.WithoutCancel(ctx)
//
// # At run time
//
// Ask for something slow, give up, and see whether the work goes on:
//
//	curl --max-time 1 localhost:8080/slow
//	curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | grep -B30 conn..serve
//
// With the context passed on, the handler's goroutine is gone a moment later.
// Without, it still stands there, with the call that blocks at its top. A gauge of
// promhttp.InstrumentHandlerInFlight stays up likewise, sql.DB.Stats().InUse
// (go_sql_in_use_connections) while the query runs on, and in traces the spans below
// outlast the server's. In a test, call the function with a context that is over: it
// should return context.Canceled at once.
//
// # Why it may be silent
//
// It reports only what it can prove to block: calls that the tables know, and
// what reaches them. It does not look through interfaces with several
// implementations, nor through function values. It is silent in test files, in
// functions whose name says that they clean up or shut down, in deferred calls,
// once the context is known to be over, where a goroutine or context.AfterFunc that
// waits for the context's end has hold of what the call is made on, for fresh contexts that get values from
// the one at hand, and for contexts whose cancel function is handed to something
// else. A line that says //nolint:contextcheck or //nolint:noctx has been judged
// already.
//
// # Audit
//
// The audit tier adds goroutines that the function does not wait for, contexts that
// a receiver holds or that a command offers, constructors, calls that have no form
// with a context at all, fresh contexts that are passed to what cannot be seen, here or
// two calls further on, contexts made anew for the caller, a receiver's context in place
// of one that is not used, and fresh ones with a time limit behind work under the
// context at hand: they tell how that ended. It also adds what runs once in a process,
// what a comment explains (one that names context.Background or says that something is
// detached, or one right above that speaks of cancelling), fresh contexts that what
// serves a client passes to what changes something, as Save or Delete do by their names,
// and parameters whose context can never end, by all calls in the package or because the
// package of the interface detaches it.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, and in code that only helps tests, too.
//   - generated: true reports in generated files, too.
//   - Rows block tell of calls that wait; twin of what to call instead; context and
//     offer of where contexts come from; shared and nowait of calls that are left
//     alone.
//   - //leakvet:blocks on a function or an interface's method says that it waits.
//   - //leakvet:ignore ctxdrop REASON, on the line of the finding or above it,
//     silences the finding; //leakvet:ignore-file ctxdrop REASON those of the file.
//   - //nolint:contextcheck and //nolint:noctx silence it, too.
//
// # Since
//
// v0.1.0
package ctxdrop
