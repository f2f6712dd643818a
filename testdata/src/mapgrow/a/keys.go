package a

import (
	"context"
	"net/http"
	"sync"
	"time"
)

// Keys that are never equal to another.

type event struct {
	name string
	at   time.Time
}

var events = map[event]int{}

func emit(w http.ResponseWriter, r *http.Request) {
	e := event{name: r.URL.Path, at: time.Now()}
	events[e]++ // want `^events only grows: emit adds an entry for each e, which nothing overwrites, and nothing removes any$`
}

var samples = map[time.Time]float64{}

func sample(ctx context.Context, value float64) {
	samples[time.Now()] = value // want `^samples only grows: sample adds an entry for each time.Now\(\), which nothing overwrites, and nothing removes any$`
}

type pairKey struct {
	r    *http.Request
	name string
}

var notes sync.Map

func annotate(w http.ResponseWriter, r *http.Request) {
	notes.Store(pairKey{r, "user"}, r.FormValue("user")) // want `^notes only grows: annotate adds an entry for each .*which nothing overwrites, and nothing removes any$`
}

// Pointers as keys keep what they point to.

type watcher struct{ ch chan string }

var watchers = map[*watcher]struct{}{}

func watch(w http.ResponseWriter, r *http.Request) {
	x := &watcher{ch: make(chan string, 1)}
	watchers[x] = struct{}{} // want `^watchers only grows: watch adds an entry for each x`
	<-r.Context().Done()
}

// Keys of requests are keys of contexts.

type clientInterface interface{ ID() string }

var challenges = make(map[clientInterface]string)

func challenge(ctx context.Context, c clientInterface, text string) {
	challenges[c] = text // want `^challenges only grows: challenge adds an entry for each c, and nothing removes any$`
}
