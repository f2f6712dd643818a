package inventory_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"shop/inventory"
	"shop/problem"
)

func serve(t *testing.T, h http.HandlerFunc) *inventory.Client {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	client, err := inventory.New(server.URL, server.Client())
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestLevels(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var skus []string
		if err := json.NewDecoder(r.Body).Decode(&skus); err != nil || len(skus) != 2 {
			http.Error(w, "two products expected", http.StatusBadRequest)
			return
		}
		w.Write([]byte(`[{"sku": "cup", "quantity": 3}]`))
	})
	levels, err := client.Levels(t.Context(), []string{"cup", "jug"})
	if err != nil {
		t.Fatal(err)
	}
	if levels["cup"] != 3 || levels["jug"] != 0 {
		t.Errorf("got %v", levels)
	}
}

func TestWriteOffTriesAgain(t *testing.T) {
	calls := 0
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if calls++; calls == 1 {
			w.WriteHeader(http.StatusBadGateway)
		}
	})
	if err := client.WriteOff(t.Context(), "cup", 1); err != nil {
		t.Fatal(err)
	}
	if calls != 2 {
		t.Errorf("%d calls, want 2", calls)
	}
}

func TestUnwantedStatus(t *testing.T) {
	client := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		w.Write([]byte(`{"detail": "no such product"}`))
	})
	_, err := client.Level(t.Context(), "cup")
	var p *problem.Error
	if !errors.As(err, &p) || p.Status != http.StatusNotFound || p.Detail != "no such product" {
		t.Errorf("got %v", err)
	}
}
