// Package respbody defines an analyzer that reports HTTP response bodies which
// some path does not close.
//
// # Analyzer respbody
//
// respbody: report HTTP response bodies that are not closed on some path
//
// The body of a response holds its connection, and the goroutines that serve
// it, until it is closed. A path that returns without closing it leaks all of
// these, however rarely it is taken: an error status, a body that cannot be
// decoded, a retry. The analyzer follows every response from the call that
// returns it along every path, through helpers, closures, fields and other
// packages, and reports the call with the exit that leaves the body open.
//
// # Wrong
//
//	resp, err := client.Do(req)
//	if err != nil {
//		return err
//	}
//	if resp.StatusCode != http.StatusOK {
//		return fmt.Errorf("status %s", resp.Status) // the body stays open
//	}
//	defer resp.Body.Close()
//
// # Right
//
//	resp, err := client.Do(req)
//	if err != nil {
//		return err
//	}
//	defer resp.Body.Close()
//	if resp.StatusCode != http.StatusOK {
//		return fmt.Errorf("status %s", resp.Status)
//	}
//
// # Advice
//
// close the body right after the error check: defer resp.Body.Close()
//
// # Why it may be silent
//
// It reports only what it can prove. Where the response is handed to code that
// cannot be seen, stored where another package can reach it, returned, or sent
// on a channel, that code may close it. Responses to HEAD, and with status
// 1xx, 204 or 304, hold nothing. In test files only bodies that no path closes
// are reported; -leakconfig.tests asks for the rest.
//
// # Audit
//
// The audit tier adds bodies that are left to deferred calls in a loop whose number
// of rounds the source fixes, bodies in a field that nothing closes, and bodies that
// a goroutine leaves open.
//
// # Since
//
// v0.1.0
package respbody
