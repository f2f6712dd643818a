package audit

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// Decode is called from elsewhere.
func Decode(resp *http.Response, v any) error {
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("unexpected status: %s", resp.Status) // want `^response body resp is not closed when Decode returns at line \d+, as it is elsewhere$`
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(v)
}

// Check closes the body where it returns an error, and there alone.
func Check(resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	defer resp.Body.Close()
	text, _ := io.ReadAll(resp.Body)
	return fmt.Errorf("%s: %s", resp.Status, text)
}
