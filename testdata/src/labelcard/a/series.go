package a

import "github.com/prometheus/client_golang/prometheus"

// pool has vectors of its backends: one is cleaned up, its sibling is not.
type pool struct {
	backends map[string]*backend
	size     *prometheus.GaugeVec
	waits    *prometheus.CounterVec
	dials    *prometheus.CounterVec
}

type backend struct{ addr string }

func newPool() *pool {
	return &pool{
		backends: map[string]*backend{},
		size:     prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "pool_size"}, []string{"backend"}),
		waits:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pool_waits_total"}, []string{"backend"}),
		dials:    prometheus.NewCounterVec(prometheus.CounterOpts{Name: "pool_dials_total"}, []string{"kind"}),
	}
}

func (p *pool) Add(addr string) {
	p.backends[addr] = &backend{addr: addr}
	p.size.WithLabelValues(addr).Set(1)
	p.dials.WithLabelValues("tcp").Inc()
}

func (p *pool) Wait(b *backend) {
	p.waits.WithLabelValues(b.addr).Inc() // want `^no series of pool_waits_total with an old label "backend" is deleted, as those of pool_size are in Remove$`
}

func (p *pool) Remove(addr string) {
	delete(p.backends, addr)
	p.size.DeleteLabelValues(addr)
}
