package ok

import (
	"encoding/json"
	"fmt"
	"net/http"
)

// fetched asks for the status itself, before decodeOK does.
func fetched(c *http.Client, req *http.Request, v any) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	if resp.StatusCode != http.StatusOK {
		resp.Body.Close()
		return fmt.Errorf("unexpected status: %s", resp.Status)
	}
	return decodeOK(resp, v)
}

func decodeOK(resp *http.Response, v any) error {
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status: %s", resp.Status)
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}
