// Package grpc is as much of the real one as the fixtures need.
package grpc

import (
	"context"

	"google.golang.org/grpc/metadata"
)

type UnaryServerInfo struct {
	Server     any
	FullMethod string
}

type StreamServerInfo struct {
	FullMethod                     string
	IsClientStream, IsServerStream bool
}

type (
	UnaryHandler            func(ctx context.Context, req any) (any, error)
	UnaryServerInterceptor  func(ctx context.Context, req any, info *UnaryServerInfo, handler UnaryHandler) (any, error)
	StreamHandler           func(srv any, stream ServerStream) error
	StreamServerInterceptor func(srv any, ss ServerStream, info *StreamServerInfo, handler StreamHandler) error
)

type ServerStream interface {
	SetHeader(metadata.MD) error
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

// ClientStream is a client's side of a stream.
type ClientStream interface {
	Header() (metadata.MD, error)
	Trailer() metadata.MD
	CloseSend() error
	Context() context.Context
	SendMsg(m any) error
	RecvMsg(m any) error
}

// ServerStreamingClient is a client's side of a stream of answers.
type ServerStreamingClient[Res any] interface {
	Recv() (*Res, error)
	ClientStream
}

// CallOption configures a call.
type CallOption interface{}

// ClientConnInterface is what generated clients need of a connection.
type ClientConnInterface interface {
	Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error
	NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error)
}

type StreamDesc struct{ StreamName string }

// DialOption configures a connection.
type DialOption interface{}

// ClientConn is a connection to a service.
type ClientConn struct{ _ byte }

func NewClient(target string, opts ...DialOption) (*ClientConn, error) { return &ClientConn{}, nil }

func (cc *ClientConn) Close() error { return nil }

func (cc *ClientConn) Invoke(ctx context.Context, method string, args, reply any, opts ...CallOption) error {
	return nil
}

func (cc *ClientConn) NewStream(ctx context.Context, desc *StreamDesc, method string, opts ...CallOption) (ClientStream, error) {
	return nil, nil
}
