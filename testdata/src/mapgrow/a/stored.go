package a

import (
	"net/http"

	"mapgrow/a/people"
)

// What is kept of what was found, and what was only parsed, may be anything.

type profiles struct {
	users  people.Users
	byName map[string]*people.User
	parsed map[string]int
}

var theProfiles = &profiles{byName: map[string]*people.User{}, parsed: map[string]int{}}

func (p *profiles) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	u, err := p.users.Get(r.Context(), r.FormValue("name"))
	if err != nil {
		return
	}
	p.byName[r.FormValue("name")] = u // want `^byName only grows: ServeHTTP adds an entry`
	n, err := people.Parse(r.URL.Path)
	if err != nil {
		return
	}
	p.parsed[n]++ // want `^parsed only grows: ServeHTTP adds an entry`
}
