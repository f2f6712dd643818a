// Package errcache defines an analyzer that reports failures that are kept for
// later calls.
//
// # Analyzer errcache
//
// errcache: report caches and once-only initialisers that keep a failure
//
// TODO
package errcache
