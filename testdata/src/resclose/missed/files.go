package missed

import (
	"fmt"
	"os"
)

// rotating drops the file it replaces.
type rotating struct {
	f *os.File
	n int
}

func (r *rotating) next() (err error) {
	r.n++
	r.f, err = os.Create(fmt.Sprint("log.", r.n))
	return err
}

func (r *rotating) Close() error { return r.f.Close() }
