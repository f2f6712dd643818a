// Package respbody defines an analyzer that reports HTTP response bodies which
// some path does not close.
//
// # Analyzer respbody
//
// respbody: report HTTP response bodies that are not closed on some path
//
// The body of a response holds its connection, and the goroutines that serve
// it, until it is closed. A path that returns without closing it leaks all of
// these, however rarely it is taken: an error status, a body that cannot be
// decoded, a retry. The analyzer follows every response from the call that
// returns it along every path, through helpers, closures, fields and other
// packages, and reports the call with the exit that leaves the body open.
//
// # Wrong
//
//	resp, err := client.Do(req)
//	if err != nil {
//		return err
//	}
//	if resp.StatusCode != http.StatusOK {
//		return fmt.Errorf("status %s", resp.Status) // the body stays open
//	}
//	defer resp.Body.Close()
//
// # Right
//
//	resp, err := client.Do(req)
//	if err != nil {
//		return err
//	}
//	defer resp.Body.Close()
//	if resp.StatusCode != http.StatusOK {
//		return fmt.Errorf("status %s", resp.Status)
//	}
//
// # Advice
//
// close the body right after the error check: defer resp.Body.Close()
//
// # At run time
//
// Each open body keeps two goroutines and a descriptor. In the goroutine profile
// net/http.(*persistConn).readLoop and net/http.(*persistConn).writeLoop rise
// together:
//
//	curl -s 'localhost:6060/debug/pprof/goroutine?debug=1' | grep -B1 readLoop
//
// The line before it begins with their number. An idle connection has both
// goroutines, too, but its readLoop waits in bufio.(*Reader).Peek, and
// IdleConnTimeout ends it; that of an open body waits in readLoop itself. Over
// HTTP/2, where requests share a connection, what stays is (in Go 1.26)
// net/http.(*http2clientStream).doRequest, as long as the server has more to send.
// go_goroutines and process_open_fds, or /sched/goroutines:goroutines of
// runtime/metrics, rise with the requests and do not fall again. In a test, compare
// runtime.NumGoroutine before the requests and after, behind
// client.CloseIdleConnections().
//
// # Why it may be silent
//
// It reports only what it can prove. Where the response is handed to code that
// cannot be seen, stored where another package can reach it, returned, or sent
// on a channel, that code may close it. Responses to HEAD, and with status
// 1xx, 204 or 304, hold nothing. In test files only bodies are reported that the
// test reads and no path closes; -leakconfig.tests asks for the rest.
//
// # Audit
//
// The audit tier adds bodies that are left to deferred calls in a loop whose number
// of rounds the source fixes, or that are read to their end there; bodies in a field
// that nothing closes; parameters that a function which nothing in the package calls closes
// on some of its paths only; those that only some paths
// leave open of requests whose context a deferred call ends, or that a handler makes
// with its own request's, since the end drops the connection; and those of code that
// runs once in a process, such as a command's.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files what it reports elsewhere, not only
//     bodies that it reads and no path closes; off is silent there.
//   - generated: true reports in generated files, too.
//   - Rows acquire and type with class=body tell of responses of other libraries;
//     notowned of those that are lent; keep, close, borrow, wrap, through and alias
//     of what functions do with a body; noreturn of those that end the path.
//   - //leakvet:owns NAME on a function says that it takes a parameter over, or that
//     a result must be closed; //leakvet:borrows NAME the opposite; //leakvet:owns
//     on a field that the struct sees to it.
//   - //leakvet:ignore respbody REASON, on the line of the finding or above it,
//     silences it: the call that returns the response, or the return of the helper
//     that does not close it; //leakvet:ignore-file respbody REASON those of the file.
//   - //nolint:bodyclose silences it, too.
//
// # Since
//
// v0.1.0
package respbody
