package ok

import (
	"os"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
)

// An id that is made once is one value for the life of the process.
var processID = uuid.NewString()

var startedAt string

func init() { startedAt = strconv.FormatInt(time.Now().Unix(), 10) }

var aliveSince = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "up"}, []string{"process", "started", "host"})

func stillAlive() {
	host, _ := os.Hostname()
	aliveSince.WithLabelValues(processID, startedAt, host).Set(1)
}
