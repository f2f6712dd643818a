//go:build !unix

package unit

import "time"

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }
