//go:build !unix

package run

import "os/exec"

// interruptible leaves cmd to be killed when its context ends.
func interruptible(*exec.Cmd) {}

// awaitChildren does nothing: how to find them is not known.
func awaitChildren(*exec.Cmd) {}
