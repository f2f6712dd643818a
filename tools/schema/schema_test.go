package main

import (
	"bytes"
	"testing"

	"github.com/leakvet/leakvet/internal/configfile"
)

func TestSchemaIsGenerated(t *testing.T) {
	want, err := schema()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(configfile.Schema, want) {
		t.Error("internal/configfile/schema.json is stale: run make generate")
	}
}
