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
// signals, and a goroutine that for ever ranges over a ticker, receives from it in an
// endless loop, or sleeps in each round of one.
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
// # At run time
//
// The heap profile holds timers as time.newTimer, below time.NewTicker, time.After,
// time.Tick or time.AfterFunc, and these below who called them; os/signal.Notify
// holds what it knows of channels:
//
//	go tool pprof -peek 'time\.(NewTicker|After|Tick|AfterFunc)$' \
//		http://localhost:6060/debug/pprof/heap
//
// Tickers that go on ticking cost time rather than memory: process_cpu_seconds_total
// rises faster and faster while nothing is done, and in the CPU profile that is
// runtime.(*timers).run. A goroutine that ranges over a ticker, or sleeps, stands in the
// goroutine profile under its own name, and counts in go_goroutines.
//
// Whether the runtime collects tickers is decided for the whole program, by the Go
// version in the main module's go.mod. GODEBUG=asynctimerchan=1 brings the old way
// back in Go 1.23 to 1.26; GODEBUG=asynctimerchan=0 tries the new one in a program
// that is not there yet.
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
// of a loop leaves, a guard of less than a minute, a channel of signals in a command or
// in a field, a goroutine of the whole process.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, too.
//   - generated: true reports in generated files, too.
//   - The file's Go version, which go.mod or a //go:build line says, decides about
//     tickers and timers.
//   - Rows timer tell of other clocks and of what sends signals; acquire with
//     class=ticker or class=timer of functions that return one; keep, close and
//     borrow of those that get one.
//   - //leakvet:owns NAME on a function says that it stops the timer that it gets,
//     //leakvet:borrows NAME that it does not.
//   - //leakvet:ignore timerleak REASON, on the line of the call or above it,
//     silences the finding; //leakvet:ignore-file timerleak REASON those of the
//     file.
//
// # Since
//
// v0.7.0
package timerleak
