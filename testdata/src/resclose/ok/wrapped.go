package ok

import (
	"context"
	"errors"
	"io/fs"
	"log"
	"net/http"
	"os"

	"go.uber.org/multierr"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// Whether an error is nil shows in what is made of it.

var errSync = errors.New("cannot sync")

func joinsWhatFailed(name string) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if err := f.Sync(); err != nil {
		return nil, errors.Join(errSync, err)
	}
	return f, nil
}

func joinsNothing(name string) (err error) {
	f, e := os.Open(name)
	if err = errors.Join(err, e); err != nil {
		return err
	}
	return f.Close()
}

func appends(name string) (err error) {
	f, e := os.Open(name)
	if err = multierr.Append(err, e); err != nil {
		return err
	}
	return multierr.Combine(f.Sync(), f.Close())
}

func answersWithStatus(name string, n int) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, status.Error(codes.Internal, "cannot open")
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	if n == 1 {
		return nil, status.Errorf(codes.NotFound, "nothing at %d", n)
	}
	return f, nil
}

func asksOfWhatKind(name string) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	err = f.Sync()
	if errors.Is(err, fs.ErrPermission) || os.IsTimeout(err) {
		return nil, err
	}
	return f, err
}

func asksWhyItEnded(ctx context.Context, name string) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	default:
	}
	return f, nil
}

func logsWhyItEnded(ctx context.Context, name string, more <-chan int) (_ *os.File, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	select {
	case <-more:
	case <-ctx.Done():
		err := ctx.Err()
		log.Print(err)
		return nil, err
	}
	if ctx.Err() != nil {
		err := ctx.Err()
		log.Print(err)
		return nil, err
	}
	return f, nil
}

func lengthOfText(name string) string {
	f, err := os.Open(name)
	if m := textOf(err); len(m) > 0 {
		return m
	}
	f.Close()
	return ""
}

func textOf(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

func collects(name string) error {
	var errs []error
	f, err := os.Open(name)
	if err != nil {
		errs = append(errs, err)
	}
	if len(errs) > 0 {
		return errors.Join(errs...)
	}
	return f.Close()
}

func anyFailed(errs ...error) bool {
	for _, err := range errs {
		if err != nil {
			return true
		}
	}
	return false
}

func firstFailed(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func asksForAny(name string) {
	f, err := os.Open(name)
	if anyFailed(err) {
		return
	}
	f.Close()
}

func asksForFirst(name string) error {
	f, err := os.Open(name)
	if err := firstFailed(nil, err); err != nil {
		return err
	}
	return f.Close()
}

func statusOf(err error) int {
	switch {
	case err == nil:
		return http.StatusOK
	case os.IsNotExist(err):
		return http.StatusNotFound
	}
	return http.StatusInternalServerError
}

func answersStatus(w http.ResponseWriter, name string) {
	f, err := os.Open(name)
	if code := statusOf(err); code != http.StatusOK {
		w.WriteHeader(code)
		return
	}
	defer f.Close()
}
