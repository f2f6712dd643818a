// Package lib has helpers that get an error and say what to do about it.
package lib

import (
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
)

// Error is an error with a code.
type Error struct{ Code int }

func (*Error) Error() string { return "error" }

// IsGone reports whether err says that something is gone.
func IsGone(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == http.StatusGone
}

// IsEnd reports whether err is an end.
func IsEnd(err error) bool { return err == io.EOF || err == io.ErrUnexpectedEOF }

// Handled answers with err, if there is one.
func Handled(w http.ResponseWriter, err error) bool {
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return true
	}
	return false
}

// OK logs an error and reports whether there is none.
func OK(err error) bool {
	if err == nil {
		return true
	}
	log.Print(err)
	return false
}

// Wrap says more of an error.
func Wrap(err error) error {
	if err == nil {
		return nil
	}
	return errors.Join(errors.New("lib"), err)
}

// Say says where an error comes from.
func Say(err error) error {
	if err != nil {
		err = fmt.Errorf("lib: %w", err)
	}
	return err
}

// Busy reports whether to come back later; without an error it may be so, too.
func Busy(err error) bool { return err == nil && queued() || err == io.EOF }

func queued() bool { return len(log.Prefix()) > 3 }

// Retry decides about another attempt.
type Retry interface {
	Again(err error) bool
}
