// Package errcache defines an analyzer that reports failures that are kept for
// later calls.
//
// # Analyzer errcache
//
// errcache: report caches and once-only initialisers that keep a failure
//
// A lookup that fails once, for want of a connection or of time, should fail once.
// If what it left behind goes into a cache, the failure answers every later call:
// a user without permissions, a host without addresses, a client that is nil.
//
// The analyzer follows each error along the paths of a function to where something
// is kept. It reports a value that is kept before its error is checked, or where
// the error is known not to be nil; nil, a constant or an empty value that is kept
// in place of a result; an error that is kept itself; a cache's loader that returns
// no error after a failure; and what runs only once, fails, and is never tried
// again. What a helper keeps, in this or another package, is reported where it is
// called.
//
// A cache is what the tables know as one; a type with "cache" in its name and
// methods that set and get; a map or sync.Map, in a field or package-level
// variable, where a hit saves the call that can fail; and one that is read by a
// method with a name such as Get or Lookup.
//
// What is surely absent may be remembered: test for that error alone, as in
// errors.Is(err, sql.ErrNoRows), and give the entry a short life of its own. In
// place of sync.Once, take a mutex and set the value only when there is no error.
//
// # Wrong
//
//	func (s *Service) perms(ctx context.Context, user string) []string {
//		if p, ok := s.cache[user]; ok {
//			return p
//		}
//		perms, err := s.fetch(ctx, user)
//		if err != nil {
//			log.Print(err)
//		}
//		s.cache[user] = perms
//		return perms
//	}
//
// # Right
//
//	perms, err := s.fetch(ctx, user)
//	if err != nil {
//		return nil, err
//	}
//	s.cache[user] = perms
//
// # Advice
//
// return the error before anything is kept; remember only what is surely absent, and not for long
//
// # At run time
//
// Let the first call fail, by a context that is over or a source that is down, and
// call again with all in order: the second call should ask the source. The same
// makes a test.
//
// In service, count the failures that are answered and the calls that reach the
// source, such as with promhttp.InstrumentRoundTripperCounter around an HTTP
// client's transport. When the source is well again and a failure is cached, the
// failures go on and the calls do not. No profile shows it: the entry is small, and
// nothing waits.
//
// # Why it may be silent
//
// It is silent once a path has looked at more of the error than whether it is nil
// (errors.Is and As, a comparison, a helper that judges it), has looked at the
// value, or has handed the error to something that may act upon it; about values
// that another function has made of the result; where the entry is taken out or
// replaced before the function returns; about outcomes that hold the error and the
// time; about local maps, fixed keys, counters, and calls of the standard library
// that depend on their arguments alone; and in tests.
//
// # Audit
//
// The audit tier adds stand-ins and errors in entries that expire or that the
// package deletes, or whose call does not visibly depend on anything outside the
// program; values in registries; maps in which nil is no hit; HTTP answers that are
// kept whatever their status; a sync.Once in a field, since how long its object lives
// does not show; and one whose call gets nothing but what the program brings along,
// or a stream, which nobody can read again.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, and in code that only helps tests, too.
//   - generated: true reports in generated files, too.
//   - Rows cache, lookup, evict, loader and once tell of caches and of what runs
//     once; block of calls that can fail for reasons outside the program.
//   - //leakvet:blocks on a function or an interface's method says that it depends
//     on something outside the program. What stands in for its failure is then
//     reported in the default tier.
//   - //leakvet:ignore errcache REASON, on the line of the place where the failure
//     is kept or above it, silences the finding; //leakvet:ignore-file errcache
//     REASON those of the file.
//
// # Since
//
// v0.1.0
package errcache
