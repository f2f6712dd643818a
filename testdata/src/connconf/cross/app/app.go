// Package app asks with clients of package web.
package app

import (
	"net/http"
	"time"

	"connconf/cross/web"
)

func done(resp *http.Response, err error) error {
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func perCall(url string) error {
	return done(web.Client(time.Second).Get(url)) // want `^http\.Client with connections of its own is made for each call of perCall`
}

func checked(url string) error {
	c, err := web.Checked(time.Second) // want `^http\.Client with connections of its own is made for each call of checked`
	if err != nil {
		return err
	}
	return done(c.Get(url))
}

func once(url string) error { return done(web.One().Get(url)) }
