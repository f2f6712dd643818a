package inventory

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// Reserver sets goods aside for an order.
type Reserver interface {
	Reserve(orderID string) error
}

// legacyInventoryClient speaks the form-encoded protocol of the old warehouse.
type legacyInventoryClient struct {
	endpoint string
	http     *http.Client
}

// NewLegacy returns a Reserver that uses the old warehouse at endpoint.
func NewLegacy(endpoint string, hc *http.Client) Reserver {
	return &legacyInventoryClient{endpoint: endpoint, http: hc}
}

// Reserve sets the goods of an order aside. The old warehouse answers with a
// line of text that begins with OK.
func (c *legacyInventoryClient) Reserve(orderID string) error {
	answer, err := c.call("reserve", orderID)
	if err != nil {
		return fmt.Errorf("reserve %s: %w", orderID, err)
	}
	if !strings.HasPrefix(answer, "OK") {
		return fmt.Errorf("reserve %s: %s", orderID, answer)
	}
	return nil
}

// call runs one command and returns the first part of the answer.
func (c *legacyInventoryClient) call(command, orderID string) (string, error) {
	form := url.Values{"cmd": {command}, "order": {orderID}}
	req, err := http.NewRequest(http.MethodPost, c.endpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	// healthy: the deferred function closes the body on every path
	resp, err := c.http.Do(req)
	if err != nil {
		return "", err
	}
	defer func() {
		if resp != nil && resp.Body != nil {
			resp.Body.Close()
		}
	}()
	// leak(leakdirective): a rule's name is misspelt, so this silences nothing
	//leakvet:ignore respbdy the rest of the answer is of no interest
	line, err := io.ReadAll(io.LimitReader(resp.Body, 256))
	if err != nil {
		return "", err
	}
	return strings.TrimSpace(string(line)), nil
}
