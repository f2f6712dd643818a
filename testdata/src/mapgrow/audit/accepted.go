package audit

import (
	"net/http"

	"mapgrow/audit/catalog"
)

// A package elsewhere finds the key first.

var (
	known  = catalog.New(catalog.Spec{Name: "a"}, catalog.Spec{Name: "b"})
	found  = map[string]int{}
	looked = map[string]int{}
	got    = map[string]int{}
	at     = map[string]int{}
)

func finds(w http.ResponseWriter, r *http.Request) {
	n := r.FormValue("name")
	if _, ok := known.Find(n); !ok {
		return
	}
	found[n]++ // want `^found only grows: finds adds an entry`
}

func looks(w http.ResponseWriter, r *http.Request) {
	n := r.FormValue("name")
	if _, err := known.Lookup(n); err != nil {
		return
	}
	looked[n]++ // want `^looked only grows: looks adds an entry`
}

func gets(w http.ResponseWriter, r *http.Request) {
	n := r.FormValue("name")
	if known.Get(n) == nil {
		return
	}
	got[n]++ // want `^got only grows: gets adds an entry`
}

func indexes(w http.ResponseWriter, r *http.Request) {
	n := r.FormValue("name")
	if known.Index(n) < 0 {
		return
	}
	at[n]++ // want `^at only grows: indexes adds an entry`
}
