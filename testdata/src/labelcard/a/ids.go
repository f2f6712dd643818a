package a

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	mathrand "math/rand"
	"os"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/prometheus/client_golang/prometheus"
)

var (
	runs  = prometheus.NewCounterVec(prometheus.CounterOpts{Name: "runs_total"}, []string{"run"})
	steps = prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: "steps"}, []string{"run", "step"})
)

// Ids are never the same again.
func run() {
	id := uuid.NewString()
	runs.WithLabelValues(id).Inc()                                                  // want `^nothing bounds uuid\.NewString\(\), a new id, before it becomes label "run" of runs_total$`
	runs.WithLabelValues(uuid.New().String()).Inc()                                 // want `uuid\.New\(\), a new id, before it becomes label "run"`
	runs.WithLabelValues(strconv.FormatInt(time.Now().UnixNano(), 10)).Inc()        // want `time\.Now\(\), the time, before it becomes label "run"`
	runs.WithLabelValues(time.Now().Format(time.RFC3339)).Inc()                     // want `time\.Now\(\), the time, before`
	runs.WithLabelValues(fmt.Sprintf("run-%d", mathrand.Int63())).Inc()             // want `rand\.Int63\(\), a random number, before`
	runs.WithLabelValues(fmt.Sprintf("%s-%d", hostname(), time.Now().Unix())).Inc() // want `time\.Now\(\), the time, before`
	if random, err := uuid.NewRandom(); err == nil {
		runs.WithLabelValues(random.String()).Inc() // want `uuid\.NewRandom\(\), a new id, before`
	}
	buf := make([]byte, 16)
	if _, err := rand.Read(buf); err == nil {
		runs.WithLabelValues(hex.EncodeToString(buf)).Inc() // want `label "run" of runs_total`
	}
	start := time.Now()
	runs.WithLabelValues(time.Since(start).String()).Inc() // want `label "run" of runs_total`
	if f, err := os.CreateTemp("", "run"); err == nil {
		runs.WithLabelValues(f.Name()).Inc() // want `a random name, before it becomes label "run"`
		f.Close()
	}
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "unknown"
	}
	return name
}

// worker has an id of its own, and one is made for each job.
type worker struct {
	id   string
	jobs *prometheus.CounterVec
}

func newWorker() *worker {
	return &worker{
		id:   uuid.NewString(),
		jobs: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "jobs_total"}, []string{"worker"}),
	}
}

func (w *worker) work() {
	w.jobs.WithLabelValues(w.id).Inc() // want `^nothing bounds uuid\.NewString\(\), a new id, before it becomes label "worker" of jobs_total$`
}

// A counter counts on.
var sequence atomic.Int64

func step() {
	steps.WithLabelValues("1", strconv.FormatInt(sequence.Add(1), 10)).Set(1) // want `label "step" of steps`
}

// A pointer is a number that is new each time.
func pointer(w *worker) {
	runs.WithLabelValues(fmt.Sprintf("%p", w)).Inc() // want `label "run" of runs_total`
}
