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
// # Why it may be silent
//
// A client that is stored, returned, or given to other code may be used again. What
// main makes lives as long as the process. Clients of databases, brokers and the
// like that are made for a call and not closed are resclose's.
//
// # Audit
//
// The audit tier adds what ends by itself or may be meant: transports without
// IdleConnTimeout that live on, clients of commands, servers on a listener that is
// handed to them, idle times that outlast a server's, bodies that are closed unread
// before Go 1.27, and bodies of requests that are read without a limit.
//
// # Since
//
// v0.7.0
package connconf
