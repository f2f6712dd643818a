// Package retries makes requests through functions that run their argument
// again and again.
package retries

import (
	"context"
	"fmt"
	"net/http"

	"github.com/avast/retry-go/v4"
	v4 "github.com/cenkalti/backoff/v4"
	v5 "github.com/cenkalti/backoff/v5"
	v6 "github.com/cenkalti/backoff/v6"
	v7 "github.com/cenkalti/backoff/v7"
)

func open4(req *http.Request) error {
	var resp *http.Response
	err := v4.Retry(func() (err error) {
		resp, err = http.DefaultClient.Do(req) // leak
		return err
	}, v4.NewExponentialBackOff())
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func closed4(req *http.Request) error {
	var resp *http.Response
	err := v4.Retry(func() (err error) {
		resp, err = http.DefaultClient.Do(req)
		return err
	}, v4.NewExponentialBackOff())
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func data4(req *http.Request) error {
	_, err := v4.RetryWithData(func() (int, error) {
		resp, err := http.DefaultClient.Do(req) // leak
		if err != nil {
			return 0, err
		}
		if resp.StatusCode >= 500 {
			return 0, fmt.Errorf("status %s", resp.Status)
		}
		return resp.StatusCode, resp.Body.Close()
	}, v4.NewExponentialBackOff())
	return err
}

func open5(ctx context.Context, req *http.Request) error {
	var resp *http.Response
	_, err := v5.Retry(ctx, func() (_ int, err error) {
		resp, err = http.DefaultClient.Do(req) // leak
		return 0, err
	})
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func open6(ctx context.Context, req *http.Request) error {
	var resp *http.Response
	_, err := v6.Retry(ctx, func() (_ int, err error) {
		resp, err = http.DefaultClient.Do(req) // leak
		return 0, err
	})
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func open7(ctx context.Context, req *http.Request) error {
	var resp *http.Response
	_, err := v7.Retry(ctx, func() (_ int, err error) {
		resp, err = http.DefaultClient.Do(req) // leak
		return 0, err
	})
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}

func closed7(ctx context.Context, req *http.Request) error {
	var resp *http.Response
	_, err := v7.Retry(ctx, func() (_ int, err error) {
		resp, err = http.DefaultClient.Do(req)
		return 0, err
	})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func result7(ctx context.Context, req *http.Request) error {
	resp, err := v7.Retry(ctx, func() (*http.Response, error) { return http.DefaultClient.Do(req) })
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func openDo(req *http.Request) error {
	var resp *http.Response
	err := retry.Do(func() (err error) {
		resp, err = http.DefaultClient.Do(req) // leak
		return err
	})
	if err != nil {
		return err
	}
	fmt.Println(resp.Status)
	return nil
}
