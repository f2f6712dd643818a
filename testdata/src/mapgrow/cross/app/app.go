// Package app uses the containers of another package.
package app

import (
	"net/http"
	"sync"

	"mapgrow/cross/lib"
)

var sessions = lib.NewMap[string, string]()

func login(w http.ResponseWriter, r *http.Request) {
	sessions.Set(r.FormValue("token"), r.FormValue("user")) // want `^sessions only grows: login adds an entry for each r.FormValue\("token"\), and nothing removes any$`
}

func whoami(w http.ResponseWriter, r *http.Request) {
	user, _ := sessions.Get(r.FormValue("token"))
	w.Write([]byte(user))
	w.WriteHeader(sessions.Len())
}

var agents lib.Names

func agent(w http.ResponseWriter, r *http.Request) {
	agents.Add(r.UserAgent()) // want `^agents only grows: agent adds an entry for each r.UserAgent\(\), and nothing removes any$`
}

type server struct {
	peers lib.Names
	paths *lib.Map[string, int]
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.peers.Add(r.RemoteAddr)  // want `^peers only grows: ServeHTTP adds an entry for each r.RemoteAddr, and nothing removes any$`
	s.paths.Set(r.URL.Path, 1) // want `^paths only grows: ServeHTTP adds an entry for each r.URL.Path, and nothing removes any$`
}

// Something takes entries out.

var (
	ended    = lib.NewMap[string, string]()
	removed  lib.Names
	bounded  = lib.NewBounded(100)
	exchange lib.Names
)

func enter(w http.ResponseWriter, r *http.Request) {
	ended.Set(r.FormValue("token"), r.FormValue("user"))
	removed.Add(r.UserAgent())
	bounded.Set(r.FormValue("token"), r.FormValue("user"))
}

func leave(w http.ResponseWriter, r *http.Request) {
	ended.Delete(r.FormValue("token"))
	removed.Remove(r.UserAgent())
}

// Functions that are handed maps.

var (
	read    = map[string]int{}
	dropped = map[string]int{}
	added   = map[string]int{}
	kept    = map[string]int{}
)

func handed(w http.ResponseWriter, r *http.Request) {
	if !lib.Has(read, r.URL.Path) {
		read[r.URL.Path] = 1 // want `^read only grows: handed adds an entry for each r.URL.Path, and nothing removes any$`
	}
	dropped[r.URL.Path]++
	lib.Drop(dropped, r.URL.Path)
	lib.Add(added, r.URL.Path) // want `^added only grows: handed adds an entry for each r.URL.Path, and nothing removes any$`
	kept[r.URL.Path]++
	lib.Keep(kept)
}

// What another package accepts may be few; what it gives, or keeps, need not be.

type guarded struct {
	mu                    sync.Mutex
	allowed, checked, all map[string]int
}

func (g *guarded) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := lib.Save(r.URL.Path); err != nil {
		return
	}
	g.all[r.URL.Path]++ // want `^all only grows: ServeHTTP adds an entry for each r.URL.Path, and nothing removes any$`
	if lib.Allowed(r.Host) {
		g.allowed[r.Host]++
	}
	if err := lib.Check(r.Method + r.Host); err != nil {
		return
	}
	if key := r.Host; lib.Check(key) == nil {
		g.checked[key]++
	}
}
