// Package checks has what tests do with responses: they are told of bodies that they
// read and no path closes.
package checks
