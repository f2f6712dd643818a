// Package problem turns the error answers of other services into Go errors.
package problem

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// maxDetail bounds how much of an error answer is read.
const maxDetail = 4 << 10

// Error is an answer with a status that the caller did not want.
type Error struct {
	Status int
	Detail string
}

func (e *Error) Error() string {
	if e.Detail == "" {
		return fmt.Sprintf("upstream answered %d", e.Status)
	}
	return fmt.Sprintf("upstream answered %d: %s", e.Status, e.Detail)
}

// FromResponse returns nil for a 2xx answer and an *Error otherwise. It may
// read the body; closing it stays the caller's affair.
func FromResponse(resp *http.Response) error {
	if resp.StatusCode >= 200 && resp.StatusCode < 300 {
		return nil
	}
	var doc struct {
		Detail string `json:"detail"`
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, maxDetail)).Decode(&doc); err != nil {
		return &Error{Status: resp.StatusCode}
	}
	return &Error{Status: resp.StatusCode, Detail: doc.Detail}
}
