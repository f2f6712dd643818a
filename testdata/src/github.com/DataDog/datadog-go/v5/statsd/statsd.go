// Package statsd is as much of the real one as the fixtures need.
package statsd

import "time"

type (
	Client    struct{}
	Option    func() error
	Parameter interface{ isParameter() }
)

type ClientInterface interface {
	Count(name string, value int64, tags []string, rate float64, parameters ...Parameter) error
	Incr(name string, tags []string, rate float64, parameters ...Parameter) error
	Timing(name string, value time.Duration, tags []string, rate float64, parameters ...Parameter) error
}

func New(addr string, options ...Option) (*Client, error) { return nil, nil }

func (c *Client) Count(name string, value int64, tags []string, rate float64, parameters ...Parameter) error {
	return nil
}

func (c *Client) Gauge(name string, value float64, tags []string, rate float64, parameters ...Parameter) error {
	return nil
}

func (c *Client) Incr(name string, tags []string, rate float64, parameters ...Parameter) error {
	return nil
}

func (c *Client) Timing(name string, value time.Duration, tags []string, rate float64, parameters ...Parameter) error {
	return nil
}
