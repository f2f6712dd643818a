//go:build tools

// Package integration holds leakvet to real libraries and real drivers. This
// file names the libraries, since the go command does not look for imports in
// testdata.
package integration

import (
	_ "github.com/PuerkitoBio/goquery"
	_ "github.com/avast/retry-go"
	_ "github.com/avast/retry-go/v4"
	_ "github.com/aws/aws-sdk-go-v2/service/s3"
	_ "github.com/aws/aws-sdk-go/service/s3"
	_ "github.com/cenkalti/backoff/v4"
	_ "github.com/coder/websocket"
	_ "github.com/davecgh/go-spew/spew"
	_ "github.com/elastic/go-elasticsearch/v6/esapi"
	_ "github.com/elastic/go-elasticsearch/v7/esapi"
	_ "github.com/elastic/go-elasticsearch/v8"
	_ "github.com/elastic/go-elasticsearch/v9/esapi"
	_ "github.com/gin-gonic/gin"
	_ "github.com/go-kit/kit/log/level"
	_ "github.com/go-kit/log/level"
	_ "github.com/go-logr/logr"
	_ "github.com/go-resty/resty/v2"
	_ "github.com/golang/glog"
	_ "github.com/gorilla/websocket"
	_ "github.com/hashicorp/go-hclog"
	_ "github.com/hashicorp/go-retryablehttp"
	_ "github.com/json-iterator/go"
	_ "github.com/labstack/echo/v4"
	_ "github.com/opensearch-project/opensearch-go"
	_ "github.com/opensearch-project/opensearch-go/v2"
	_ "github.com/pkg/errors"
	_ "github.com/rs/zerolog/log"
	_ "github.com/sirupsen/logrus"
	_ "github.com/stretchr/testify/assert"
	_ "github.com/stretchr/testify/require"
	_ "go.uber.org/zap"
	_ "golang.org/x/net/html"
	_ "golang.org/x/sync/errgroup"
	_ "gopkg.in/yaml.v2"
	_ "gopkg.in/yaml.v3"
	_ "k8s.io/klog/v2"
	_ "nhooyr.io/websocket"
)
