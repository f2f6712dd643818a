package a

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"os/exec"
	"time"
)

// shipping is written as if nobody had a context.
type shipping struct {
	carrier string
	client  *http.Client
	weights map[string]int
}

func (s *shipping) post(path string) error {
	resp, err := s.client.Post(s.carrier+path, "application/json", nil)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *shipping) reserve(id string) error { return s.post("/reserve/" + id) }

func (s *shipping) book(ctx context.Context, id string) error {
	if s.weights[id] == 0 {
		return nil
	}
	return s.reserve(id) // want `ctx is not passed to reserve, which blocks in \(\*http\.Client\)\.Post \(reserve → post → Post\)`
}

// A request offers its context to what a handler calls.
func (s *shipping) pickup(w http.ResponseWriter, r *http.Request) {
	if err := s.confirm(r.PathValue("id")); err != nil { // want `r\.Context\(\) is not passed to confirm, which blocks in http\.PostForm`
		http.Error(w, err.Error(), http.StatusBadGateway)
	}
}

func (s *shipping) confirm(id string) error {
	resp, err := http.PostForm("http://sms/send", url.Values{"text": {"picked up " + id}})
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// track makes a context of its own: that line is what must change.
func (s *shipping) track(id string) (status string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second) // want `ctx.*status.*track.*\(\*http\.Client\)\.Do.*context\.Background\(\)`
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.carrier+"/track/"+id, nil)
	if err != nil {
		return "", err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	return status, json.NewDecoder(resp.Body).Decode(&status)
}

func (s *shipping) status(ctx context.Context, id string) (string, error) {
	return s.track(id)
}

// Two functions lie between the one that holds a context and the fresh one.
func (s *shipping) customs(ctx context.Context, id string) error {
	return s.declare(id, "gift")
}

func (s *shipping) declare(id, kind string) error { return s.submit(id + "/" + kind) }

func (s *shipping) submit(path string) error {
	req, err := http.NewRequest(http.MethodPut, s.carrier+path, nil) // want `ctx.*customs.*submit.*\(\*http\.Client\)\.Do.*NewRequestWithContext`
	if err != nil {
		return err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// The process is made and waited for by a function that takes no context.
func compress(path string) error {
	return exec.Command("zstd", "--rm", path).Run() // want `ctx.*upload.*compress.*\(\*exec\.Cmd\)\.Run.*CommandContext`
}

func (s *shipping) upload(ctx context.Context, path string) error {
	return compress(path)
}

// The context is looked at only once the work is done.
func (s *shipping) manifest(ctx context.Context, id string) error {
	if err := s.weigh(id); err != nil { // want `ctx is not passed to weigh, which blocks in net\.Dial`
		return err
	}
	return ctx.Err()
}

func (s *shipping) weigh(id string) error {
	conn, err := net.Dial("tcp", "scale:9100")
	if err != nil {
		return err
	}
	defer conn.Close()
	_, err = conn.Write([]byte(id))
	return err
}

// carrier has one implementation here.
type tariffs interface {
	Quote(weight int) (cents int, err error)
}

type remoteTariffs struct{ client *http.Client }

func (t *remoteTariffs) Quote(weight int) (int, error) {
	resp, err := t.client.Get("http://tariffs/quote")
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close()
	var cents int
	return cents * weight, json.NewDecoder(resp.Body).Decode(&cents)
}

func estimate(ctx context.Context, t tariffs, weight int) (int, error) {
	return t.Quote(weight) // want `ctx is not passed to Quote, which blocks in \(\*http\.Client\)\.Get \(Quote → .*Get\)`
}

// Recursion ends in a chain too.
func (s *shipping) walk(hub string, depth int) error {
	if depth > 0 {
		if err := s.walk(hub+"/next", depth-1); err != nil {
			return err
		}
	}
	return s.beat(hub)
}

func (s *shipping) beat(hub string) error {
	resp, err := s.client.Head(hub)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

func (s *shipping) probe(ctx context.Context, hub string) error {
	return s.walk(hub, 3) // want `ctx is not passed to walk, which blocks in \(\*http\.Client\)\.Head \(walk → beat → Head\)`
}

// A generic function blocks like any other.
func decode[T any](client *http.Client, url string) (v T, err error) {
	resp, err := client.Get(url)
	if err != nil {
		return v, err
	}
	defer resp.Body.Close()
	return v, json.NewDecoder(resp.Body).Decode(&v)
}

func (s *shipping) zones(ctx context.Context) (map[string]int, error) {
	return decode[map[string]int](s.client, s.carrier+"/zones") // want `ctx is not passed to decode, which blocks in \(\*http\.Client\)\.Get`
}
