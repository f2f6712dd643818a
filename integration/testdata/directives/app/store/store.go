// Package store hands the other module's types on.
package store

import "example.com/said"

// Store decodes.
type Store struct{ Codec said.Codec }
