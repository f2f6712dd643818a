package a

import (
	"context"
	"sync"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// Interceptors run for each call that a client makes.

func perTenant() grpc.UnaryServerInterceptor {
	var mu sync.Mutex
	calls := map[string]int{}
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		for _, tenant := range metadata.ValueFromIncomingContext(ctx, "tenant") {
			mu.Lock()
			calls[tenant]++ // want `^calls only grows: perTenant adds an entry for each tenant, and nothing removes any$`
			mu.Unlock()
		}
		return handler(ctx, req)
	}
}

// The methods are those that the server has.
func perMethod() grpc.UnaryServerInterceptor {
	var mu sync.Mutex
	calls := map[string]int{}
	return func(ctx context.Context, req any, info *grpc.UnaryServerInfo, handler grpc.UnaryHandler) (any, error) {
		mu.Lock()
		calls[info.FullMethod]++
		mu.Unlock()
		return handler(ctx, req)
	}
}
