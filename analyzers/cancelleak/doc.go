// Package cancelleak defines an analyzer that reports cancel and stop functions
// that some path does not call.
//
// # Analyzer cancelleak
//
// cancelleak: report cancel and stop functions that some path does not call
//
// A context that can be cancelled is kept by its parent until it is: with its
// timer, its values and every goroutine that waits for it. So each
// context.WithCancel, WithTimeout and signal.NotifyContext obliges whoever gets
// the function to call it on every path. go vet sees a variable that is never
// named again; this analyzer follows the function itself, through helpers that
// return it, closures, struct fields, loops that overwrite it, and calls that only
// some path makes.
//
// # Wrong
//
//	for {
//		ctx, cancel := frameContext(parent)
//		defer cancel() // runs when the stream ends, not when the frame does
//		if err := send(ctx, stream); err != nil {
//			return err
//		}
//	}
//
// # Right
//
//	for {
//		ctx, cancel := frameContext(parent)
//		err := send(ctx, stream)
//		cancel()
//		if err != nil {
//			return err
//		}
//	}
//
// # Advice
//
// call the function right after you get it: defer cancel(); in a loop, at the end of each round
//
// # At run time
//
// The heap profile holds what was not cancelled. Look for context.withCancel,
// context.WithDeadlineCause and context.(*cancelCtx).propagateCancel, which fills
// the parent's list of children, and for time.newTimer below time.AfterFunc. Who
// calls them says -peek:
//
//	go tool pprof -peek 'context\.(withCancel|WithDeadlineCause)$' \
//		http://localhost:6060/debug/pprof/heap
//
// A context with a time limit leaves the heap when that passes; one without stays as
// long as its parent. Work that waits for the context stays, too: go_goroutines, or
// /sched/goroutines:goroutines of runtime/metrics, rises. In the goroutine profile
// each forgotten signal.NotifyContext stands as os/signal.NotifyContext.func1, a
// child of a context type of your own as context.(*cancelCtx).propagateCancel.func2,
// and a sequence of iter.Pull that is not stopped as iter.Pull[...].func1.
//
// # Why it may be silent
//
// What go vet's own lostcancel pass reports in the same function is left to it;
// -leakconfig.vet asks for that, too. A function that is handed to code that
// cannot be seen, returned, or stored where another package can reach it may be
// called there. An assignment to _ says that nobody is to call it. What main does
// not cancel ends with the process.
//
// # Audit
//
// The audit tier adds stop functions of context.AfterFunc, since what waits may be
// meant to run; groups that nobody waits for; a cancel function that takes the place
// of an earlier one, or lies in a field that nothing calls; those that a loop leaves to
// deferred calls while their contexts are kept in a list; one that only the ways
// that fail call; one of a context with a time limit that a deferred literal calls if
// a variable says so; and those of code that runs once in a process, such as a command's.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, too.
//   - generated: true reports in generated files, too.
//   - vet: true reports what go vet's lostcancel pass reports, too.
//   - Rows acquire with class=cancel tell of functions that return a cancel
//     function; keep, close and borrow of those that get one; noreturn of those that
//     end the path.
//   - //leakvet:owns NAME on a function says that it sees to the call,
//     //leakvet:borrows NAME that it does not; //leakvet:owns on a field that
//     whoever holds the struct does.
//   - //leakvet:ignore cancelleak REASON, on the line of the call that returns the
//     function or above it, silences the finding; //leakvet:ignore-file cancelleak
//     REASON those of the file.
//
// # Since
//
// v0.6.0
package cancelleak
