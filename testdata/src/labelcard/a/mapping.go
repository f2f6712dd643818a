package a

import (
	"github.com/gin-gonic/gin"
	"github.com/prometheus/client_golang/prometheus"
)

// Mapped lets its users say what to label by, and says what they get otherwise.
type Mapped struct {
	URL  func(c *gin.Context) string
	hits *prometheus.CounterVec
}

// NewMapped returns a Mapped that labels by the path.
func NewMapped() *Mapped {
	return &Mapped{
		URL:  func(c *gin.Context) string { return c.Request.URL.Path },
		hits: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "mapped_hits_total"}, []string{"url"}),
	}
}

// Handle counts.
func (m *Mapped) Handle(c *gin.Context) {
	m.hits.WithLabelValues(m.URL(c)).Inc() // want `nothing bounds c.Request.URL.Path before it becomes label "url" of mapped_hits_total`
}
