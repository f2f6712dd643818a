package fix

import (
	"context"
	clock "time"
)

// The package has another name in this file.
func aliased(ctx context.Context) {
	for sweep() != nil {
		clock.Sleep(clock.Second) // want `ctx cannot end aliased`
	}
}
