// Package elastic searches an index.
package elastic

import (
	"context"
	"encoding/json"
	"errors"

	elasticsearch "github.com/elastic/go-elasticsearch/v8"
	"github.com/elastic/go-elasticsearch/v8/esapi"
)

type hits struct{ Total int }

func leakySearch(es *elasticsearch.Client, index string) (h hits, err error) {
	res, err := es.Search(es.Search.WithIndex(index)) // leak
	if err != nil {
		return h, err
	}
	if res.IsError() {
		return h, errors.New(res.Status())
	}
	defer res.Body.Close()
	return h, json.NewDecoder(res.Body).Decode(&h)
}

func leakyExists(es *elasticsearch.Client, index string) bool {
	res, err := es.Indices.Exists([]string{index}) // leak
	return err == nil && res.StatusCode == 200
}

func healthySearch(es *elasticsearch.Client, index string) (h hits, err error) {
	res, err := es.Search(es.Search.WithIndex(index))
	if err != nil {
		return h, err
	}
	defer res.Body.Close()
	if res.IsError() {
		return h, errors.New(res.Status())
	}
	return h, json.NewDecoder(res.Body).Decode(&h)
}

func healthyRequest(ctx context.Context, es *elasticsearch.Client, index string) error {
	res, err := esapi.IndicesRefreshRequest{Index: []string{index}}.Do(ctx, es)
	if err != nil {
		return err
	}
	return res.Body.Close()
}
