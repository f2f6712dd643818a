// Package resclose defines an analyzer that reports what must be released and
// some path does not release: files, connections, rows, transactions, spans.
//
// # Analyzer resclose
//
// resclose: report files, connections, rows and the like that some path does not release
//
// An open file holds a descriptor, a result set holds a connection of the pool,
// a transaction holds locks, a span holds memory until it ends. One early return
// that forgets one is invisible in tests and ends in "too many open files" or a
// pool that hands out no more connections. The analyzer follows each from the
// call that returns it along every path, through helpers, closures, fields and
// other packages, and reports the call with the exit that leaves it open. It
// knows what standard and widely used libraries hand out, and finds out by
// itself which constructors of your own return a value that holds such a thing
// and closes it.
//
// # Wrong
//
//	rows, err := db.QueryContext(ctx, query)
//	if err != nil {
//		return err
//	}
//	for rows.Next() {
//		if err := rows.Scan(&id); err != nil {
//			return err // the connection goes back to the pool only when rows are closed
//		}
//	}
//	return rows.Err()
//
// # Right
//
//	rows, err := db.QueryContext(ctx, query)
//	if err != nil {
//		return err
//	}
//	defer rows.Close()
//	for rows.Next() {
//		if err := rows.Scan(&id); err != nil {
//			return err
//		}
//	}
//	return rows.Err()
//
// # Advice
//
// release it right after the error check: defer f.Close(), defer rows.Close(), defer span.End()
//
// # At run time
//
// It depends on what is left open:
//
//   - Files and connections: process_open_fds rises towards process_max_fds, and the
//     operating system says which they are: ls -l /proc/PID/fd, or lsof -p PID.
//     Packages os and net close what the garbage collector finds, so that the number
//     may fall with a collection; what a goroutine, map or pool still holds stays.
//   - Result sets and transactions: sql.DB.Stats().InUse does not go back to 0 when
//     nothing is done, and WaitCount rises once all are taken. The collector of
//     collectors.NewDBStatsCollector calls them go_sql_in_use_connections and
//     go_sql_wait_count_total. In the goroutine profile each transaction stands as
//     database/sql.(*Tx).awaitDone, each result set whose context can end as
//     database/sql.(*Rows).awaitDone, and who waits for a connection in
//     database/sql.(*DB).conn.
//   - Iterators and snapshots of an embedded store: AliveIterators and AliveSnapshots of
//     goleveldb's (*DB).Stats, TableIters and Snapshots.Count of pebble's (*DB).Metrics
//     do not go back to 0, and the store's directory grows; closing pebble's then says
//     what was left.
//   - Spans: the heap profile grows below
//     go.opentelemetry.io/otel/sdk/trace.(*tracer).newSpan. With
//     OTEL_GO_X_OBSERVABILITY=true the SDK counts open spans in otel.sdk.span.live.
//
// Before and after a test, sql.DB.Stats().InUse and the number of entries in
// /proc/self/fd should be the same.
//
// # Why it may be silent
//
// It reports only what it can prove. What is handed to code that cannot be seen,
// stored where another package can reach it, returned, or sent on a channel may
// be closed there. Rows that are read to the end close themselves. What main
// leaves open ends with the process. In test files it says nothing, unless the
// settings ask.
//
// # Audit
//
// The audit tier adds what lies in a field that nothing closes, what takes the place
// of an earlier one there, files that a loop over items leaves to deferred calls, what is
// kept in a list or used by a goroutine until those run, rows, statements, snapshots and
// transactions that the end of what they are of ends in the same function,
// streams of clients whose context nothing ends, transactions whose context a deferred
// call ends, connections whose deadline or options cannot be set, compressors, what a
// pool should get back, streams that a method of an interface or a function value hands
// out beside an error and whose making is not seen, values with a goroutine that runs
// until their own Stop or Close closes a channel, what a method acquires for a value that
// its caller has made, what it has stored in its receiver when it fails later on, functions
// that nothing in the package calls and that close a parameter on some of their paths only, and
// what code leaves open that runs once in a process, such as a command's.
//
// # Options
//
//   - tier: audit adds what stands under Audit, and ignore directives that silence
//     nothing.
//   - tests: all reports in _test.go files, too.
//   - generated: true reports in generated files, too.
//   - Rows class with rule=resclose, type and acquire tell of what must be released;
//     notowned of what is lent; keep, close, borrow, wrap, through, alias, package
//     and calls of what functions do with it; noreturn of those that end the path.
//   - //leakvet:owns NAME on a function says that it takes a parameter over, or that
//     a result must be released; //leakvet:borrows NAME the opposite; //leakvet:owns
//     on a field that the struct sees to it.
//   - //leakvet:ignore resclose REASON, on the line of the finding or above it,
//     silences it: the call that opens it, or the return of the helper that does not
//     close it; //leakvet:ignore-file resclose REASON those of the file.
//
// # Since
//
// v0.6.0
package resclose
