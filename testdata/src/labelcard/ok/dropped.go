package ok

import (
	"net"

	"github.com/prometheus/client_golang/prometheus"
)

// Series are deleted by way of a list, of an interface, of a helper, and of a method
// value.

type traffic struct{ in, out *prometheus.CounterVec }

func (t *traffic) forget(peer string) {
	for _, v := range []*prometheus.CounterVec{t.in, t.out} {
		v.DeleteLabelValues(peer)
	}
}

func (t *traffic) serve(c net.Conn) {
	peer := c.RemoteAddr().String()
	defer t.forget(peer)
	t.in.WithLabelValues(peer).Inc()
	t.out.WithLabelValues(peer).Inc()
}

type seriesDeleter interface{ DeleteLabelValues(...string) bool }

type flows struct{ all, failed *prometheus.CounterVec }

func (f *flows) serve(c net.Conn) {
	peer := c.RemoteAddr().String()
	defer dropFrom(f.all, peer)
	f.all.WithLabelValues(peer).Inc()
	drop := f.failed.DeleteLabelValues
	defer drop(peer)
	f.failed.WithLabelValues(peer).Inc()
}

func dropFrom(v seriesDeleter, peer string) { v.DeleteLabelValues(peer) }
