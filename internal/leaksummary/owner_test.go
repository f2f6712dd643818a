package leaksummary

import "testing"

func TestSameOwner(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want bool
	}{
		{"github.com/acme/shop", "github.com/acme/inventory/client", true},
		{"github.com/acme/shop", "github.com/other/inventory", false},
		{"git.acme.example/shop", "git.acme.example/team/inventory", true},
		{"git.acme.example/shop", "github.com/acme/inventory", false},
		{"shop/orders", "shop/inventory", true},
		{"shop", "github.com/acme/inventory", true},
		{"gopkg.in/ldap.v3", "gopkg.in/yaml.v3", false},
	} {
		if got := sameOwner(test.a, test.b); got != test.want {
			t.Errorf("%s and %s: %t", test.a, test.b, got)
		}
		if got := sameOwner(test.b, test.a); got != test.want {
			t.Errorf("%s and %s: %t", test.b, test.a, got)
		}
	}
}
