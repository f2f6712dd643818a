//go:build unix

package run

import (
	"os/exec"
	"syscall"
	"time"
)

// interruptible makes the end of cmd's context interrupt it and its children.
// They get a process group of their own: the go command passes no signals on.
func interruptible(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGINT) }
}

// awaitChildren waits until the children of an interrupted cmd are gone, so
// that they write no more. Those that do not obey are killed.
func awaitChildren(cmd *exec.Cmd) {
	for deadline := time.Now().Add(graceful); syscall.Kill(-cmd.Process.Pid, 0) == nil; {
		if time.Now().After(deadline) {
			syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
}
