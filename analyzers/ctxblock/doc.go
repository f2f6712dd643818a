// Package ctxblock defines an analyzer that reports waits which nothing can
// end.
//
// # Analyzer ctxblock
//
// ctxblock: report waits that no context and no time limit can end
package ctxblock
