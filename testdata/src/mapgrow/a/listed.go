package a

import (
	"context"
	"net/http"
	"sync"
)

// A list to which the program adds bounds nothing, nor does a count of something else.

type arrival struct{ id string }

type arrivals struct {
	mu    sync.Mutex
	queue []arrival
	seen  map[string]*arrival
	all   map[string]int
	tries int
}

var theArrivals = &arrivals{seen: map[string]*arrival{}, all: map[string]int{}}

func (a *arrivals) Arrive(w http.ResponseWriter, r *http.Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.queue = append(a.queue, arrival{r.FormValue("id")})
	if a.tries++; a.tries == 3 {
		w.WriteHeader(http.StatusTeapot)
	}
	a.all[r.RemoteAddr]++ // want `^all only grows: Arrive adds an entry`
}

func (a *arrivals) Drain(ctx context.Context) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, x := range a.queue {
		a.seen[x.id] = load(ctx, x) // want `^seen only grows: Drain adds an entry`
	}
	a.queue = nil
}

func load(ctx context.Context, x arrival) *arrival {
	req, _ := http.NewRequestWithContext(ctx, "GET", "http://x/"+x.id, nil)
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil
	}
	resp.Body.Close()
	return &x
}

// A value that is put in place when the program begins is not replaced.

type held struct{ m map[string]int }

type holder struct{ h *held }

func (h *holder) Start() { h.h = &held{m: map[string]int{}} }

func (h *holder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.h.m[r.URL.Path]++ // want `^m only grows: ServeHTTP adds an entry`
}
