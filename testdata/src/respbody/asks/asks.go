// Package asks leaves what to do about an error to helpers.
package asks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"

	"respbody/asks/lib"
)

var errGone = errors.New("gone")

func ended(err error) bool {
	if err == context.Canceled || err == context.DeadlineExceeded {
		return true
	}
	if ue, ok := err.(*url.Error); ok {
		if ue.Temporary() {
			return true
		}
		return ended(ue.Err)
	}
	return false
}

func handled(w http.ResponseWriter, err error) bool {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return true
	}
	return false
}

func fine(err error) bool {
	if err == nil {
		return true
	}
	log.Print(err)
	return false
}

func named(err error) (failed bool) {
	if failed = err != nil; failed {
		log.Print(err)
	}
	return failed
}

func kind(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, io.EOF):
		return "end"
	}
	return "other"
}

func status(err error) int {
	if err == nil {
		return 0
	}
	return http.StatusBadGateway
}

func wrap(err error) error {
	if !named(err) {
		return nil
	}
	return errors.Join(errGone, err)
}

func split(err error) (*lib.Error, bool) {
	e, ok := err.(*lib.Error)
	return e, ok
}

// late may be true without an error.
func late(err error) bool { return err != nil || len(log.Prefix()) > 3 }

// noted returns false whatever there is.
func noted(err error) bool {
	log.Print(err)
	return false
}

func isEnded(u string) error {
	resp, err := http.Get(u)
	if ended(err) {
		return err
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func isHandled(w http.ResponseWriter, u string) {
	resp, err := http.Get(u)
	if handled(w, err) {
		return
	}
	resp.Body.Close()
}

func isFine(u string) {
	resp, err := http.Get(u)
	if !fine(err) {
		return
	}
	resp.Body.Close()
}

func isNamed(u string) {
	resp, err := http.Get(u)
	if named(err) {
		return
	}
	resp.Body.Close()
}

func hasKind(u string) {
	resp, err := http.Get(u)
	if k := kind(err); k != "" {
		log.Print(k)
		return
	}
	resp.Body.Close()
}

func hasStatus(u string) {
	resp, err := http.Get(u)
	if status(err) != 0 {
		return
	}
	resp.Body.Close()
}

func wrapped(u string) error {
	resp, err := http.Get(u)
	if err := wrap(err); err != nil {
		return err
	}
	return resp.Body.Close()
}

func isSplit(u string) error {
	resp, err := http.Get(u)
	if e, ok := split(err); ok {
		return e
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func switched(u string) error {
	resp, err := http.Get(u)
	switch e := err.(type) {
	case *url.Error:
		return e
	case nil:
	default:
		return err
	}
	return resp.Body.Close()
}

func elsewhere(w http.ResponseWriter, u string) error {
	resp, err := http.Get(u)
	switch {
	case lib.IsGone(err):
		return nil
	case lib.IsEnd(err):
		return err
	case !lib.OK(err):
		return err
	case lib.Handled(w, err):
		return err
	}
	if err := lib.Wrap(err); err != nil {
		return err
	}
	return resp.Body.Close()
}

func again(r lib.Retry, u string) error {
	for {
		resp, err := http.Get(u)
		if r.Again(err) {
			continue
		}
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
}

func given(stop func(error) bool, u string) {
	resp, err := http.Get(u)
	if stop(err) {
		return
	}
	if err == nil {
		resp.Body.Close()
	}
}

func asGone(u string) error {
	resp, err := http.Get(u)
	if e, ok := errors.AsType[*lib.Error](err); ok {
		return e
	}
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func isLate(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is not closed when the function returns at line 230`
	if late(err) {
		return err
	}
	return resp.Body.Close()
}

func isNotFine(u string) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed: the function returns at line 238`
	if fine(err) {
		return
	}
	if resp != nil {
		resp.Body.Close()
	}
}

func isNoted(u string) {
	resp, err := http.Get(u) // want `response body from http.Get is never closed: the function returns at line 248`
	if !noted(err) {
		return
	}
	resp.Body.Close()
}

// isBusy leaks, but what another package asks of an error is taken to ask of its kind.
func isBusy(u string) error {
	resp, err := http.Get(u)
	if lib.Busy(err) {
		return err
	}
	return resp.Body.Close()
}

func splitAfter(u string) error {
	resp, err := http.Get(u) // want `response body from http.Get is never closed: the function returns at line 265`
	if _, ok := split(err); !ok {
		return err
	}
	return resp.Body.Close()
}

// What helpers make of an error is one.

func say(err error, what string) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func kindOf(err error) error {
	switch {
	case errors.Is(err, io.EOF):
		return errGone
	}
	return err
}

func codeOf(n int) error {
	if n == http.StatusGone {
		return errGone
	}
	return fmt.Errorf("status %d", n)
}

func opened(u string, check func() error) (_ *http.Response, err error) {
	resp, err := http.Get(u)
	if err != nil {
		return nil, say(err, "get")
	}
	defer func() {
		if err != nil {
			resp.Body.Close()
		}
	}()
	if err := check(); err != nil {
		return nil, say(err, "check")
	}
	if err := check(); err != nil {
		return nil, kindOf(err)
	}
	if err := check(); err != nil {
		return nil, lib.Say(err)
	}
	if resp.StatusCode > 299 {
		return nil, codeOf(resp.StatusCode)
	}
	return resp, nil
}
