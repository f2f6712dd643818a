package app

import (
	"net/http"

	keeper "mapgrow/cross/kept"
)

// Something in the other package takes out of these.
var (
	deleted  = keeper.New()
	cleaned  = keeper.New2()
	evicting = keeper.New3()
	forgot   = keeper.New4()
)

func okKept(w http.ResponseWriter, r *http.Request) {
	deleted.Set(r.URL.Path, 1)
	deleted.Delete(r.URL.Path)
	cleaned.Set(r.URL.Path, 1)
	evicting.Set(r.URL.Path, 1)
	forgot.Set(r.URL.Path, 1)
	keeper.Forget(forgot, r.URL.Path)
}
