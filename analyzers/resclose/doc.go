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
// of an earlier one there, files that a loop over items leaves to deferred calls,
// streams of clients whose context nothing ends, compressors, and what a pool should
// get back.
//
// # Since
//
// v0.6.0
package resclose
