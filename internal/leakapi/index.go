package leakapi

import (
	"slices"
	"strings"
)

// index is what is looked up in other ways than by key.
type index struct {
	embedded   words // interface types whose rows speak of those that embed them, too
	operators  words // types, not pointers, with methods that wait: connections are used by them
	acquirers  keyed // keys of methods that acquire, by name
	blockers   keyed // keys of methods with a context argument, by name
	flowNames  words // names of functions that wait or make contexts
	flowPkgs   words // packages with rows on contexts
	labelNames words // names of functions with rows on labels
	labelPkgs  words // packages that make or label metrics
	cachePkgs  words // packages with rows on caches
	timePkgs   words // packages with rows on timers
	servePkgs  words // packages with rows on servers and pools
}

// words are sorted.
type words []string

func (w words) has(s string) bool {
	_, ok := slices.BinarySearch(w, s)
	return ok
}

func (w *words) add(s string) {
	if i, found := slices.BinarySearch(*w, s); !found {
		*w = slices.Insert(*w, i, s)
	}
}

// keyed are keys by name, sorted.
type keyed []named

type named struct {
	name string
	keys words
}

func (k keyed) find(name string) (int, bool) {
	return slices.BinarySearchFunc(k, name, func(n named, name string) int { return strings.Compare(n.name, name) })
}

func (k keyed) of(name string) []string {
	if i, ok := k.find(name); ok {
		return k[i].keys
	}
	return nil
}

func (k *keyed) add(name, key string) {
	i, ok := k.find(name)
	if !ok {
		*k = slices.Insert(*k, i, named{name: name})
	}
	(*k)[i].keys.add(key)
}

func (x *index) add(word, pkg, key, attrs string) {
	name := key[strings.LastIndexByte(key, '.')+1:]
	method := key[0] == '('
	switch word {
	case "type":
		if after(attrs, "embedded=") != "" {
			x.embedded.add(key)
		}
	case "acquire":
		if method {
			x.acquirers.add(name, key)
		}
	case "block":
		if on, _ := cutWord(after(attrs, "on=")); !transient[on] {
			x.flowNames.add(name)
			x.flowPkgs.add(pkg)
		}
		if recv, _, _ := strings.Cut(key[1:], ")"); method && recv[0] != '*' {
			x.operators.add(recv)
		}
		if method && after(attrs, "ctx=") != "" {
			x.blockers.add(name, key)
		}
	case "context":
		x.flowPkgs.add(pkg)
		if strings.HasPrefix(after(attrs, "is="), "fresh") {
			x.flowNames.add(name)
		}
	case "label", "forget", "register":
		x.labelNames.add(name)
	}
	switch word {
	case "label", "vector", "pair":
		x.labelPkgs.add(pkg)
	case "timer":
		x.timePkgs.add(pkg)
	case "pool", "server", "serve":
		x.servePkgs.add(pkg)
	case "cache", "lookup", "evict", "loader", "once":
		x.cachePkgs.add(pkg)
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
