// Package respbody finds HTTP response bodies that some path never closes.
//
// # Analyzer respbody
//
// respbody: report response bodies that are not closed on some path
//
// The body of an HTTP response holds its connection until it is closed.
package respbody
