package origin_test

import (
	"go/types"
	"strings"
	"testing"
)

// Few: the tests' names say what has few values.
func (*fake) Few(obj types.Object) bool { return strings.HasPrefix(strings.ToLower(obj.Name()), "few") }

// TestFew looks at what is said to have few values, whatever the code shows.
func TestFew(t *testing.T) {
	checkSeen(t, `
type fewNames string

type fewMap map[string]string

var fewHosts = map[string]string{}

var hosts = map[string]string{}

var fewText string

type owner struct {
	fewField string
	field    string
	host     fewNames
}

func fill(r *request, n *owner) {
	fewHosts[r.URL.Host] = r.Path
	hosts[r.URL.Host] = r.Path
	fewText = r.Path
	n.fewField = r.Path
	n.field = r.Path
}

func seen(r *request, n *owner, m fewMap) {
	see(string(fewNames(r.Path))) // finite
	see(string(n.host)) // finite
	see(n.fewField) // finite
	see(n.field) // any r.Path
	see(fewText) // finite
	see(fewHosts["a"]) // finite
	see(hosts["a"]) // any r.Path
	see(m["a"]) // finite
	see(owner{fewField: r.Path}.fewField) // finite
	for host := range fewHosts {
		see(host) // finite
	}
}
`)
}
