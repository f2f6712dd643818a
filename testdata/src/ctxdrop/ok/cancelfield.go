package ok

import (
	"context"
	"net/http"
)

// The channel of the context ends the request.
func byChannel(ctx context.Context, results chan<- int) error {
	req, err := http.NewRequest("GET", "http://localhost", nil)
	if err != nil {
		return err
	}
	req.Cancel = ctx.Done()
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	select {
	case results <- resp.StatusCode:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}
