package notify

import (
	"context"
	"crypto/tls"
	"net/http"
	"time"
)

const probeWithin = 5 * time.Second

// Probe asks a subscriber, whose certificate may be its own, whether it is there.
func (w *Webhooks) Probe(ctx context.Context, url string) error {
	// leak(connconf): each probe makes a transport, and forgets it with its connection
	client := &http.Client{
		Timeout:   probeWithin,
		Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return err
	}
	resp, err := client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}
