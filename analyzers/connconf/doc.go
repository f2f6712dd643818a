// Package connconf defines an analyzer that reports clients and servers whose
// connections stay for ever.
//
// # Analyzer connconf
//
// connconf: report clients made for each call, and servers and clients without time limits
//
// An HTTP transport keeps connections for the next request. One that is made for a
// single call is forgotten with its idle connections, and two goroutines for each.
// A server without ReadHeaderTimeout waits for ever for a client that says nothing.
// The analyzer follows clients through variables, helpers and other packages, and
// counts fields that are set later.
//
// # Wrong
//
//	func (s *Auth) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		client := &http.Client{Transport: &http.Transport{TLSClientConfig: s.tls}}
//		resp, err := client.Get(s.url) // the connection stays when client is gone
//		...
//
// # Right
//
//	func NewAuth(url string, tls *tls.Config) *Auth {
//		transport := http.DefaultTransport.(*http.Transport).Clone()
//		transport.TLSClientConfig = tls
//		return &Auth{url: url, client: &http.Client{Transport: transport}}
//	}
//
// # Advice
//
// make the client once and share it; set ReadHeaderTimeout, IdleConnTimeout and Timeout
//
// # At run time
//
// Each idle connection of a forgotten client is two goroutines and a descriptor. In
// the goroutine profile net/http.(*persistConn).readLoop, which waits in
// bufio.(*Reader).Peek, and net/http.(*persistConn).writeLoop rise together:
//
//	curl -s 'localhost:6060/debug/pprof/goroutine?debug=1' | grep -B20 persistConn
//	ss -tn state established dst 192.0.2.7 | wc -l
//
// go_goroutines and process_open_fds follow. A client that shares its connections
// reuses them: in net/http/httptrace, GotConnInfo.Reused is true from the second
// request on. A server's silent clients stand as net/http.(*conn).serve with
// net/http.(*conn).readRequest above it. To try it, connect and say nothing; with
// ReadHeaderTimeout the server hangs up:
//
//	nc localhost 8080
//
// # Why it may be silent
//
// A client that is stored, returned, or given to other code may be used again. What
// main makes lives as long as the process. Clients of databases, brokers and the
// like that are made for a call and not closed are resclose's. A server is told of if
// its address, or the listener that the package lets it serve on, is one that other
// hosts reach: what a helper makes, or a flag puts on this host, is not known to be.
//
// # Audit
//
// The audit tier adds what ends by itself or may be meant: transports without
// IdleConnTimeout that live on, clients of commands, servers of examples, those on a
// listener that is handed to them, those that options or another package may have set
// up, idle times that outlast a server's, bodies that are closed unread before Go 1.27,
// and bodies of requests that are read without a limit.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, too.
//   - generated: true reports in generated files, too.
//   - Rows pool, server, serve and fresh tell of clients, servers and functions of
//     other libraries; slurp of what reads a body without a limit (audit).
//   - Of the directives only ignore matters: //leakvet:ignore connconf REASON, on
//     the line of the client, server or call or above it, silences the finding;
//     //leakvet:ignore-file connconf REASON those of the file.
//
// # Since
//
// v0.7.0
package connconf
