package audit

import (
	"context"
	"errors"
	"io"
	"time"

	"google.golang.org/grpc"
)

type event struct{ id int }

// feed is what a generator writes for a service with streams.
type feed interface {
	Watch(ctx context.Context, name string, opts ...grpc.CallOption) (grpc.ServerStreamingClient[event], error)
	Upload(ctx context.Context, opts ...grpc.CallOption) (uploadClient, error)
}

type uploadClient interface {
	Send(*event) error
	CloseAndRecv() (*event, error)
	grpc.ClientStream
}

var errBad = errors.New("bad")

// firstBad leaves the stream when an event is bad; nothing ends it then.
func firstBad(f feed) error {
	s, err := f.Watch(context.Background(), "a") // want `^client stream from f\.Watch is not read to its end when the function returns at line \d+$`
	if err != nil {
		return err
	}
	for {
		e, err := s.Recv()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if e.id < 0 {
			return errBad
		}
	}
}

// first reads only one event.
func first(f feed) (*event, error) {
	s, err := f.Watch(context.TODO(), "a") // want `^client stream from f\.Watch is not read to its end when the function returns at line \d+$`
	if err != nil {
		return nil, err
	}
	return s.Recv()
}

// uploadSome forgets to finish.
func uploadSome(f feed, es []*event) error {
	s, err := f.Upload(context.TODO()) // want `^client stream from f\.Upload is never read to its end: the function returns at line \d+$`
	if err != nil {
		return err
	}
	for _, e := range es {
		if err := s.Send(e); err != nil {
			return err
		}
	}
	return s.CloseSend()
}

func all(f feed) (n int, err error) {
	s, err := f.Watch(context.Background(), "a")
	if err != nil {
		return 0, err
	}
	for {
		_, err := s.Recv()
		if errors.Is(err, io.EOF) {
			return n, nil
		} else if err != nil {
			return n, err
		}
		n++
	}
}

func allTested(f feed) error {
	s, err := f.Watch(context.Background(), "a")
	if err != nil {
		return err
	}
	for {
		_, err := s.Recv()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func cancelled(f feed) (*event, error) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	s, err := f.Watch(ctx, "a")
	if err != nil {
		return nil, err
	}
	return s.Recv()
}

func limited(f feed) (*event, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	s, err := f.Watch(ctx, "a")
	if err != nil {
		return nil, err
	}
	return s.Recv()
}

func ofCaller(ctx context.Context, f feed) (*event, error) {
	s, err := f.Watch(ctx, "a")
	if err != nil {
		return nil, err
	}
	return s.Recv()
}

func finished(f feed, es []*event) error {
	s, err := f.Upload(context.Background())
	if err != nil {
		return err
	}
	for _, e := range es {
		if err := s.Send(e); err != nil {
			break
		}
	}
	_, err = s.CloseAndRecv()
	return err
}

func handedOn(f feed, to chan<- grpc.ServerStreamingClient[event]) error {
	s, err := f.Watch(context.Background(), "a")
	if err != nil {
		return err
	}
	to <- s
	return nil
}
