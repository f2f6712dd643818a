// Package timerleak defines an analyzer that reports timers that outlive what they
// are for.
//
// # Analyzer timerleak
//
// timerleak: report tickers, timers and signal channels that are never stopped
//
// In files of a Go before 1.23 the runtime keeps a ticker until it is stopped, and
// a timer until it fires: a time.After in a loop that goes on for another reason
// leaves one behind in each round, and time.Tick cannot be stopped at all. Newer
// ones are collected once nothing refers to them, so the analyzer reads the
// version of the file. No version collects what is yet to come: a function that
// time.AfterFunc is to run, with all that it captures, a channel that is told of
// signals, and a goroutine that ranges over a ticker for ever.
//
// # Wrong
//
//	for {
//		select {
//		case job := <-jobs:
//			run(job)
//		case <-time.After(30 * time.Minute): // before Go 1.23, one timer for each job
//			return errIdle
//		}
//	}
//
// # Right
//
//	idle := time.NewTimer(30 * time.Minute)
//	defer idle.Stop()
//	for {
//		select {
//		case job := <-jobs:
//			run(job)
//			idle.Reset(30 * time.Minute)
//		case <-idle.C:
//			return errIdle
//		}
//	}
//
// # Advice
//
// stop what you start: defer t.Stop(); in a loop, reset one timer instead of making new ones
//
// # Why it may be silent
//
// What main starts ends with the process, and tests end soon. A ticker that is
// handed to code that cannot be seen, returned, or stored where another package can
// reach it may be stopped there.
//
// # Audit
//
// The audit tier adds what lasts shortly or happens once: a timer that the last round
// of a loop leaves, a guard of less than a minute, a channel of signals in a command,
// a goroutine of the whole process.
//
// # Since
//
// v0.7.0
package timerleak
