package legacy

import (
	"net/http"
	"strings"
)

type InventoryClient struct{ hc *http.Client }

func (c *InventoryClient) Reserve(id string) error { return c.post(id) }

func (c *InventoryClient) post(body string) error {
	req, err := http.NewRequest("POST", "http://legacy", strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := c.hc.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Reserver is declared beside its only implementation.
type Reserver interface{ Reserve(id string) error }
