// Package ctxblock defines an analyzer that reports waits which nothing can
// end.
//
// # Analyzer ctxblock
//
// ctxblock: report waits that no context and no time limit can end
//
// A peer that stays silent keeps a goroutine waiting for ever, unless a context,
// a deadline or a time limit ends the wait. In code that runs again and again in
// the background each silent peer costs one more goroutine and connection, or
// stops the loop for good. The analyzer reports such waits where no context is
// at hand (where one is, ctxdrop speaks), loops that get a context and never
// look at it, and goroutines that send to a channel without a buffer where the
// function that made it returns without receiving.
//
// # Wrong
//
//	go func() {
//		for range ticker.C {
//			resp, err := http.Get(url) // the default client has no time limit
//			...
//		}
//	}()
//
//	func (w *Worker) Run(ctx context.Context) {
//		for !w.done() {
//			w.step()
//			time.Sleep(time.Second) // ctx cannot end this
//		}
//	}
//
//	done := make(chan error)
//	go func() { done <- work() }() // nobody receives once ctx is over
//	select {
//	case err := <-done:
//		return err
//	case <-ctx.Done():
//		return ctx.Err()
//	}
//
// # Right
//
//	client := &http.Client{Timeout: 10 * time.Second}
//	go func() {
//		for range ticker.C {
//			resp, err := client.Get(url)
//			...
//		}
//	}()
//
//	func (w *Worker) Run(ctx context.Context) {
//		for !w.done() {
//			w.step()
//			select {
//			case <-ctx.Done():
//				return
//			case <-time.After(time.Second):
//			}
//		}
//	}
//
//	done := make(chan error, 1)
//	go func() { done <- work() }()
//
// # Advice
//
// pass a context that ends, or set a time limit; in a loop, select on ctx.Done()
//
// # At run time
//
// The goroutine profile with debug=2 prints for how long each goroutine has waited,
// in its first line, if it is a minute or more:
//
//	curl -s 'localhost:6060/debug/pprof/goroutine?debug=2' | grep -A30 ' minutes\]'
//
// One that waits for a silent peer says "IO wait" and stands in
// internal/poll.(*FD).Read, with what wanted to read below:
// crypto/tls.(*Conn).Handshake or a method of your own. A client's request says
// "select" and stands in net/http.(*persistConn).roundTrip. go_goroutines and
// process_open_fds rise by one for each silent peer. One whose send nobody receives
// says "chan send", and stands at the line that is told. Go 1.26 and later tell those
// that wait apart, as /sched/goroutines/waiting:goroutines of runtime/metrics. To
// try it, let the program meet a peer that accepts and says nothing, as nc -lk 9000
// does.
//
// # Why it may be silent
//
// A client, dialer or connection that the function does not make itself may have
// a limit: only what is made in sight and gets none is reported. A wait is reported
// where it recurs in a loop of a goroutine, directly or in functions of the package
// that the loop calls, for the handshake with a peer that has connected, and for what
// reads from it in the loop that accepts, or in a listener's Accept. A loop
// counts as looking at its context if anything in it uses the context or something
// made with it. Of a channel that anything but its function and the goroutines started
// there has hold of, nothing is told, nor of sends in a select statement, nor where a
// variable may say how often to receive. It is silent in test files, and in methods of types that are called
// fakes, mocks or stubs.
//
// # Audit
//
// The audit tier adds waits that happen once, waits for databases, loops of a fixed
// number of rounds, that time ends, or beside which something waits for the context's
// end, sleeps in loops that look at the context between
// them, sends and receives that the context at hand cannot end, and sends that nobody
// receives where the goroutine need not send, or where by their names the function, or
// what the goroutine tells of, lasts as long as the process.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, and in code that only helps tests, too.
//   - generated: true reports in generated files, too.
//   - Rows block tell of calls that wait; limit and deadline of what bounds the
//     wait; accept of connections that a peer opens; nowait of calls that only look
//     like it.
//   - //leakvet:blocks on a function or an interface's method says that it waits,
//     and that its first context ends the wait.
//   - //leakvet:ignore ctxblock REASON, on the line of the wait or above it,
//     silences the finding; //leakvet:ignore-file ctxblock REASON those of the file.
//   - //nolint:noctx on the line of the wait or above it silences it, too.
//
// # Since
//
// v0.1.0
package ctxblock
