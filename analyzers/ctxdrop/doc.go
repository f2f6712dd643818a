// Package ctxdrop defines an analyzer that reports contexts that are at hand
// and not passed to what blocks.
//
// # Analyzer ctxdrop
//
// ctxdrop: report contexts that are not passed to calls that block
package ctxdrop
