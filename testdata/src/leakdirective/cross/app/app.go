// Package app uses lib: what is wrong there is not told here.
package app

import (
	"io"

	"leakdirective/cross/lib"
)

type decoder struct{ lib.Decoder }

// Decode may say something else than the interface does.
//
//leakvet:owns r
func (d decoder) Decode(r io.Reader) error { return d.Decoder.Decode(r) }

func use(r io.ReadCloser) { lib.Take(r) }
