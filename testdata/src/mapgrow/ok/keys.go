package ok

import (
	"encoding/json"
	"net/http"
	"reflect"
	"regexp"
	"strings"
	"sync"
	"text/template"
	"time"
)

// Keys of which there are few.

type level int

const (
	debug level = iota
	info
	failure
)

var perLevel = map[level]int{}

func logged(w http.ResponseWriter, l level) { perLevel[l]++ }

var perBool = map[bool]int{}

func flag(w http.ResponseWriter, r *http.Request) { perBool[r.TLS != nil]++ }

var perByte = map[byte]int{}

func first(w http.ResponseWriter, r *http.Request) { perByte[r.URL.Path[0]]++ }

var perType sync.Map

func fieldsOf(v any) []string {
	t := reflect.TypeOf(v)
	if f, ok := perType.Load(t); ok {
		return f.([]string)
	}
	var names []string
	for i := range t.NumField() {
		names = append(names, t.Field(i).Name)
	}
	perType.Store(t, names)
	return names
}

type typeKey struct {
	t      reflect.Type
	strict bool
}

var perTypes = map[typeKey]int{}

func count(v any, strict bool) { perTypes[typeKey{reflect.TypeOf(v), strict}]++ }

var perWeekday = map[time.Weekday]int{}

func today(w http.ResponseWriter, r *http.Request) { perWeekday[time.Now().Weekday()]++ }

var perName = map[string]int{}

func bump(name string) { perName[name]++ }

func serveA(w http.ResponseWriter, r *http.Request) { bump("a") }

func serveB(w http.ResponseWriter, r *http.Request) {
	name := "b"
	if r.Method == http.MethodPost {
		name = "c"
	}
	bump(name)
}

var perClass = map[string]int{}

func class(w http.ResponseWriter, r *http.Request) {
	switch c := r.FormValue("class"); c {
	case "economy", "business":
		perClass[c]++
	default:
		perClass["other"]++
	}
}

var allowed = []string{"en", "de", "fr"}

var perLanguage = map[string]int{}

func language(w http.ResponseWriter, r *http.Request) {
	for _, l := range allowed {
		if l == r.FormValue("lang") {
			perLanguage[l]++
		}
	}
}

var known = map[string]string{"a": "A", "b": "B"}

var perKnown = map[string]int{}

func knownOnly(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if _, ok := known[name]; !ok {
		http.NotFound(w, r)
		return
	}
	perKnown[name]++
}

// Only what is there already is changed.

var scores = map[string]int{"a": 1, "b": 2}

func update(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if _, ok := scores[name]; ok {
		scores[name]++
	}
}

var ages = map[string]time.Duration{"a": 1}

func tick() {
	for range time.Tick(time.Second) {
		for name := range ages {
			ages[name] += time.Second
		}
	}
}

var states = map[string]*http.Request{"a": nil}

func keep(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if _, ok := states[name]; !ok {
		http.NotFound(w, r)
		return
	}
	states[name] = r
}

var replaced = map[string]*regexp.Regexp{"a": nil}

func replace(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	old, ok := replaced[name]
	if !ok {
		return
	}
	_ = old
	replaced[name] = regexp.MustCompile("x")
}

var stored sync.Map

func touch(w http.ResponseWriter, r *http.Request) {
	name := r.FormValue("name")
	if _, ok := stored.Load(name); ok {
		stored.Store(name, time.Now())
	}
}

// Texts of the program, and what is computed of them.

var patterns = map[string]*regexp.Regexp{}

func match(pattern, s string) bool {
	re := patterns[pattern]
	if re == nil {
		re = regexp.MustCompile(pattern)
		patterns[pattern] = re
	}
	return re.MatchString(s)
}

func isPath(w http.ResponseWriter, r *http.Request) {
	if match("^/a/", r.URL.Path) || match("^/b/", r.URL.Path) {
		w.WriteHeader(http.StatusOK)
	}
}

var templates sync.Map

func render(w http.ResponseWriter, name string, data any) error {
	t, ok := templates.Load(name)
	if !ok {
		t, _ = templates.LoadOrStore(name, template.Must(template.ParseFiles(name)))
	}
	return t.(*template.Template).Execute(w, data)
}

func renderIndex(w http.ResponseWriter, r *http.Request) {
	if err := render(w, "index.html", nil); err != nil {
		json.NewEncoder(w).Encode(strings.ToUpper(err.Error()))
	}
}
