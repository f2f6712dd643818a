// Package grpc asks other services whether they are well.
package grpc

import (
	"context"

	"google.golang.org/grpc"
	"google.golang.org/grpc/health/grpc_health_v1"
)

func check(ctx context.Context, addr string) (*grpc_health_v1.HealthCheckResponse, error) {
	conn, err := grpc.NewClient(addr) // leak
	if err != nil {
		return nil, err
	}
	return grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
}

func checkClosed(ctx context.Context, addr string) (*grpc_health_v1.HealthCheckResponse, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	return grpc_health_v1.NewHealthClient(conn).Check(ctx, &grpc_health_v1.HealthCheckRequest{})
}

func watch(ctx context.Context, addr string) (grpc_health_v1.Health_WatchClient, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	return grpc_health_v1.NewHealthClient(conn).Watch(ctx, &grpc_health_v1.HealthCheckRequest{})
}

func dial(addr string) (grpc_health_v1.HealthClient, error) {
	conn, err := grpc.NewClient(addr)
	if err != nil {
		return nil, err
	}
	return grpc_health_v1.NewHealthClient(conn), nil
}
