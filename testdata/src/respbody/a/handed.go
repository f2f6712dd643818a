package a

import (
	"encoding/json"
	"fmt"
	"net/http"
)

func fetchInto(c *http.Client, req *http.Request, v any) error {
	resp, err := c.Do(req)
	if err != nil {
		return err
	}
	return decodeInto(resp, v)
}

func decodeInto(resp *http.Response, v any) error {
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status: %s", resp.Status) // want `^response body from c\.Do at line 10 is not closed when decodeInto returns at line \d+$`
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}
