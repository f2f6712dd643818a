package a

import (
	"container/list"
	"net/http"
	"sync"
	"time"
)

var (
	historyMu sync.Mutex
	history   = list.New()
)

func record(w http.ResponseWriter, r *http.Request) {
	historyMu.Lock()
	defer historyMu.Unlock()
	history.PushBack(r.URL.Path) // want `^history only grows: record adds one more in each call, and nothing removes any$`
	for e := history.Front(); e != nil; e = e.Next() {
		_ = e.Value
	}
}

type audited struct {
	mu      sync.Mutex
	entries []string
}

func (a *audited) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.entries = append(a.entries, r.URL.Path) // want `^entries only grows: ServeHTTP adds one more in each call, and nothing removes any$`
}

type monitor struct {
	mu    sync.Mutex
	loads []float64
	read  func() float64
}

func (m *monitor) Start() {
	go func() {
		for {
			time.Sleep(time.Second)
			m.mu.Lock()
			m.loads = append(m.loads, m.read()) // want `^loads only grows: Start adds one more in each call, and nothing removes any$`
			m.mu.Unlock()
		}
	}()
}

func (m *monitor) mean() (sum float64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, l := range m.loads {
		sum += l
	}
	return sum / float64(len(m.loads))
}

var lines []string

func logLine(w http.ResponseWriter, r *http.Request) {
	lines = append(lines, r.Method, r.URL.Path) // want `^lines only grows: logLine adds one more in each call, and nothing removes any$`
}

type fifo struct {
	mu   sync.Mutex
	list list.List
}

var queue fifo

func enqueue(w http.ResponseWriter, r *http.Request) {
	queue.mu.Lock()
	defer queue.mu.Unlock()
	queue.list.PushFront(r.URL.Path) // want `^list only grows: enqueue adds one more in each call, and nothing removes any$`
}
