package audit

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"sync"
)

// What a handler writes may be a failure, too.

type pageCache interface {
	Get(key string) (string, bool)
	Set(key, page string)
}

type tee struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (t *tee) Write(p []byte) (int, error) {
	t.body.Write(p)
	return t.ResponseWriter.Write(p)
}

func cached(pages pageCache) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if page, ok := pages.Get(r.URL.Path); ok {
				io.WriteString(w, page)
				return
			}
			t := &tee{ResponseWriter: w}
			next.ServeHTTP(t, r)
			pages.Set(r.URL.Path, t.body.String()) // want `^what ServeHTTP \(called at line \d+\) wrote is cached in the cache whatever its status: a failure answers later calls$`
		})
	}
}

type statusTee struct {
	tee
	status int
}

func (t *statusTee) WriteHeader(status int) {
	t.status = status
	t.tee.WriteHeader(status)
}

func cachedIfOK(pages pageCache) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			t := &statusTee{tee: tee{ResponseWriter: w}, status: http.StatusOK}
			next.ServeHTTP(t, r)
			if t.status != http.StatusOK {
				return
			}
			pages.Set(r.URL.Path, t.body.String())
		})
	}
}

// What keeps only what is right need not be asked.
type okTee struct {
	tee
	failed bool
}

func (t *okTee) WriteHeader(status int) {
	if status >= 400 {
		t.failed = true
	}
	t.tee.WriteHeader(status)
}

func (t *okTee) page() string { return t.body.String() }

func cachedByItself(pages pageCache) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			t := &okTee{tee: tee{ResponseWriter: w}}
			next.ServeHTTP(t, r)
			pages.Set(r.URL.Path, t.page())
		})
	}
}

// So may be what a server answers.

type rates struct {
	mu    sync.Mutex
	texts map[string][]byte
	rates map[string]float64
	kept  map[string]*http.Response
}

func (r *rates) Text(url string) ([]byte, error) {
	if t, ok := r.texts[url]; ok {
		return t, nil
	}
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	r.texts[url] = body // want `^what Get \(called at line \d+\) answered is cached in texts whatever its status: a failure answers later calls$`
	return body, nil
}

func (r *rates) Rate(url string) (float64, error) {
	if t, ok := r.rates[url]; ok {
		return t, nil
	}
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var v struct{ Rate float64 }
	if err := json.NewDecoder(resp.Body).Decode(&v); err != nil {
		return 0, err
	}
	r.rates[url] = v.Rate // want `^what Get \(called at line \d+\) answered is cached in rates whatever its status: a failure answers later calls$`
	return v.Rate, nil
}

func (r *rates) CheckedText(url string) ([]byte, error) {
	if t, ok := r.texts[url]; ok {
		return t, nil
	}
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, http.ErrNotSupported
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	r.texts[url] = body
	return body, nil
}

func (r *rates) HelpedText(url string) ([]byte, error) {
	if t, ok := r.texts[url]; ok {
		return t, nil
	}
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if err := succeeded(resp); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, err
	}
	r.texts[url] = body
	return body, nil
}

func succeeded(resp *http.Response) error {
	if resp.StatusCode >= 300 {
		return http.ErrNotSupported
	}
	return nil
}
