package leakapi

import (
	"slices"
	"strings"
)

// index is what is looked up in other ways than by key.
type index struct {
	embedded   []string            // interface types whose rows speak of those that embed them, too
	acquirers  map[string][]string // keys of methods that acquire, by name
	blockers   map[string][]string // keys of methods with a context argument, by name
	flowNames  map[string]bool     // names of functions that wait or make contexts
	flowPkgs   map[string]bool     // packages with rows on contexts
	labelNames map[string]bool     // names of functions with rows on labels
	labelPkgs  map[string]bool     // packages that make or label metrics
	cachePkgs  map[string]bool     // packages with rows on caches
	timePkgs   map[string]bool     // packages with rows on timers
	servePkgs  map[string]bool     // packages with rows on servers and pools
}

func (x *index) add(word, pkg, key, attrs string) {
	name := key[strings.LastIndexByte(key, '.')+1:]
	method := key[0] == '('
	switch word {
	case "type":
		if after(attrs, "embedded=") != "" {
			x.embedded = insert(x.embedded, key)
		}
	case "acquire":
		if method {
			x.acquirers[name] = insert(x.acquirers[name], key)
		}
	case "block":
		if on, _ := cutWord(after(attrs, "on=")); !transient[on] {
			x.flowNames[name] = true
			x.flowPkgs[pkg] = true
		}
		if method && after(attrs, "ctx=") != "" {
			x.blockers[name] = insert(x.blockers[name], key)
		}
	case "context":
		x.flowPkgs[pkg] = true
		if strings.HasPrefix(after(attrs, "is="), "fresh") {
			x.flowNames[name] = true
		}
	case "label", "forget", "register":
		x.labelNames[name] = true
	}
	switch word {
	case "label", "vector", "pair":
		x.labelPkgs[pkg] = true
	case "timer":
		x.timePkgs[pkg] = true
	case "pool", "server", "serve":
		x.servePkgs[pkg] = true
	case "cache", "lookup", "evict", "loader", "once":
		x.cachePkgs[pkg] = true
	}
}

// after returns what follows an attribute's name.
func after(attrs, name string) string {
	for attrs != "" {
		if value, ok := strings.CutPrefix(attrs, name); ok {
			return value
		}
		_, attrs = cutWord(attrs)
	}
	return ""
}

// insert adds to a sorted list what it lacks.
func insert(list []string, s string) []string {
	if i, found := slices.BinarySearch(list, s); !found {
		return slices.Insert(list, i, s)
	}
	return list
}
