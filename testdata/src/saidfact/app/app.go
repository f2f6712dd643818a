// Package app hands on what saidfact says of types, not what it says of functions.
package app

import "saidfact"

// Store is the other's.
type Store struct {
	saidfact.Store
	Table *saidfact.Table
}
