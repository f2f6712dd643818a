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
