// Package opensearch writes documents to an index.
package opensearch

import (
	"fmt"
	"io"
	"strings"

	v1 "github.com/opensearch-project/opensearch-go"
	"github.com/opensearch-project/opensearch-go/v2"
)

func leakyIndex(c *opensearch.Client, index, doc string) error {
	res, err := c.Index(index, strings.NewReader(doc)) // leak
	if err != nil {
		return err
	}
	if res.IsError() {
		return fmt.Errorf("index: %s", res.Status())
	}
	return nil
}

func leakyInfo(c *v1.Client) (string, error) {
	res, err := c.Info() // leak
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(res.Body)
	return string(b), err
}

func healthyIndex(c *opensearch.Client, index, doc string) error {
	res, err := c.Index(index, strings.NewReader(doc))
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.IsError() {
		return fmt.Errorf("index: %s", res.Status())
	}
	return nil
}

func healthyInfo(c *v1.Client) (string, error) {
	res, err := c.Info()
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return string(b), err
}
