package main

import (
	"strings"
	"testing"
)

func TestModulesBelow(t *testing.T) {
	projects, err := modulesBelow("../..")
	if err != nil {
		t.Fatal(err)
	}
	paths := map[string]bool{}
	for _, p := range projects {
		paths[p.path] = true
		for _, m := range p.requires {
			if strings.HasPrefix(m, "github.com/leakvet/leakvet@") {
				t.Errorf("%s: %s is the project's own", p.path, m)
			}
		}
	}
	for _, want := range []string{"github.com/leakvet/leakvet", "github.com/leakvet/leakvet/tools", "shop"} {
		if !paths[want] {
			t.Errorf("%s is missing", want)
		}
	}
}
