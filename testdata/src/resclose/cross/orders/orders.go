// Package orders has the form of what is generated for a service.
package orders

import (
	"context"

	"google.golang.org/grpc"
)

type Order struct{ ID string }

type OrdersClient interface {
	Get(ctx context.Context, in *Order, opts ...grpc.CallOption) (*Order, error)
	Watch(ctx context.Context, in *Order, opts ...grpc.CallOption) (Orders_WatchClient, error)
	Shutdown(ctx context.Context, in *Order, opts ...grpc.CallOption) (*Order, error)
}

type ordersClient struct{ cc grpc.ClientConnInterface }

func NewOrdersClient(cc grpc.ClientConnInterface) OrdersClient { return &ordersClient{cc} }

func (c *ordersClient) Get(ctx context.Context, in *Order, opts ...grpc.CallOption) (*Order, error) {
	out := new(Order)
	if err := c.cc.Invoke(ctx, "/orders/Get", in, out, opts...); err != nil {
		return nil, err
	}
	return out, nil
}

func (c *ordersClient) Watch(ctx context.Context, in *Order, opts ...grpc.CallOption) (Orders_WatchClient, error) {
	stream, err := c.cc.NewStream(ctx, &grpc.StreamDesc{StreamName: "Watch"}, "/orders/Watch", opts...)
	if err != nil {
		return nil, err
	}
	return &ordersWatchClient{stream}, nil
}

func (c *ordersClient) Shutdown(ctx context.Context, in *Order, opts ...grpc.CallOption) (*Order, error) {
	return nil, nil
}

type Orders_WatchClient interface {
	Recv() (*Order, error)
	grpc.ClientStream
}

type ordersWatchClient struct{ grpc.ClientStream }

func (w *ordersWatchClient) Recv() (*Order, error) { return nil, nil }

// Pooled looks as if it only used its connection, but gives it back.
func Pooled(cc grpc.ClientConnInterface) OrdersClient {
	if c, ok := cc.(interface{ Close() error }); ok {
		defer c.Close()
	}
	return nil
}

var shared grpc.ClientConnInterface

// Share keeps the connection for all that come later.
func Share(cc grpc.ClientConnInterface) OrdersClient {
	shared = cc
	return &ordersClient{cc}
}
