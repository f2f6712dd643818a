// Package app uses the containers of another package, and what it says of them.
package app

import (
	"net/http"

	"mapgrow/cross/said/lib"
)

var (
	forgets lib.Map
	touches lib.Map

	drained = map[string]string{}
	looked  = map[string]string{}
	hosts   = lib.Hosts{}
	names   = lib.Names{}
	regions = map[lib.Region]int{}
)

func visit(w http.ResponseWriter, r *http.Request) {
	forgets.Set(r.URL.Path, "a")
	touches.Set(r.URL.Path, "a") // want `^touches only grows: visit adds an entry for each r\.URL\.Path, and nothing removes any$`
	drained[r.URL.Path] = "a"
	looked[r.URL.Path] = "a" // want `^looked only grows: visit adds an entry for each r\.URL\.Path, and nothing removes any$`
	hosts[r.URL.Path] = 1
	names[r.URL.Path] = 1 // want `^names only grows: visit adds an entry for each r\.URL\.Path, and nothing removes any$`
	regions[lib.Region(r.URL.Path)] = 1
}

func sweep(w http.ResponseWriter, r *http.Request) {
	forgets.Forget(r.URL.Path)
	touches.Touch(r.URL.Path)
	lib.Drain(drained)
	lib.Look(looked)
}
