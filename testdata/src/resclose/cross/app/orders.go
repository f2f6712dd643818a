package app

import (
	"context"

	"google.golang.org/grpc"

	"resclose/cross/orders"
)

func get(ctx context.Context, addr string) (*orders.Order, error) {
	conn, err := grpc.NewClient(addr) // want "connection from grpc.NewClient is never closed: the function returns at line 17"
	if err != nil {
		return nil, err
	}
	client := orders.NewOrdersClient(conn)
	return client.Get(ctx, &orders.Order{})
}

func getEarly(ctx context.Context, addr string) error {
	conn, err := grpc.NewClient(addr) // want "connection from grpc.NewClient is not closed when the function returns at line 26"
	if err != nil {
		return err
	}
	if _, err := orders.NewOrdersClient(conn).Get(ctx, &orders.Order{}); err != nil {
		return err
	}
	return conn.Close()
}

func getClosed(ctx context.Context, addr string) (*orders.Order, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	return orders.NewOrdersClient(conn).Get(ctx, &orders.Order{})
}

// connect hands the connection on with the client.
func connect(addr string) (orders.OrdersClient, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	return orders.NewOrdersClient(conn), nil
}

// watch hands on what goes on over the connection.
func watch(ctx context.Context, addr string) (orders.Orders_WatchClient, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	client := orders.NewOrdersClient(conn)
	return client.Watch(ctx, &orders.Order{})
}

type desk struct{ client orders.OrdersClient }

func newDesk(addr string) (*desk, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	client := orders.NewOrdersClient(conn)
	return &desk{client}, nil
}

// newDeskTried leaves the connection where the first call fails.
func newDeskTried(ctx context.Context, addr string) (*desk, error) {
	conn, err := grpc.NewClient(addr) // want "connection from grpc.NewClient is not closed when the function returns at line 78"
	if err != nil {
		return nil, err
	}
	client := orders.NewOrdersClient(conn)
	if _, err := client.Get(ctx, &orders.Order{}); err != nil {
		return nil, err
	}
	return &desk{client}, nil
}

// endedByName calls what may end the connection, by its name.
func endedByName(ctx context.Context, addr string) error {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return err
	}
	_, err = orders.NewOrdersClient(conn).Shutdown(ctx, &orders.Order{})
	return err
}

func pooled(ctx context.Context, addr string) error {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return err
	}
	_, err = orders.Pooled(conn).Get(ctx, &orders.Order{})
	return err
}

func share(ctx context.Context, addr string) error {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return err
	}
	_, err = orders.Share(conn).Get(ctx, &orders.Order{})
	return err
}
