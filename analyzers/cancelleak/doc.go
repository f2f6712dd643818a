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
// of an earlier one, or lies in a field that nothing calls; and one that only the
// ways that fail call.
//
// # Since
//
// v0.6.0
package cancelleak
