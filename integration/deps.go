//go:build tools

// Package integration holds leakvet to real libraries and real drivers. This
// file names the libraries, since the go command does not look for imports in
// testdata.
package integration

import (
	_ "github.com/aws/aws-sdk-go-v2/service/s3"
	_ "github.com/aws/aws-sdk-go/service/s3"
	_ "github.com/coder/websocket"
	_ "github.com/elastic/go-elasticsearch/v6/esapi"
	_ "github.com/elastic/go-elasticsearch/v7/esapi"
	_ "github.com/elastic/go-elasticsearch/v8"
	_ "github.com/elastic/go-elasticsearch/v9/esapi"
	_ "github.com/gorilla/websocket"
	_ "github.com/hashicorp/go-retryablehttp"
	_ "github.com/opensearch-project/opensearch-go"
	_ "github.com/opensearch-project/opensearch-go/v2"
	_ "github.com/pkg/errors"
	_ "github.com/stretchr/testify/require"
	_ "golang.org/x/sync/errgroup"
	_ "nhooyr.io/websocket"
)
