package leakapi

import (
	"go/types"
	"strings"
)

// Pool is what the tables say of a type whose values keep connections for later use.
type Pool struct {
	Idle string // the field that says how long an idle connection is kept; for ever if it is zero
	Off  string // the field that says that none is kept
	All  string // how many are kept in all
	Each string // how many are kept for one host
	By   string // the field that holds the pool, if that is another one; a shared one if it is nil
	End  string // the method that closes those that are idle
	Once string // the field of a request that says that its connection is not kept
}

// Server is what the tables say of a type whose values serve clients.
type Server struct {
	First []string // fields of which one bounds how long a client may take to say what it wants
	Idle  []string // fields of which one bounds how long a connection without a request is kept
	Addr  string   // the field that says where it listens
	On    []string // the methods that serve on the listener that they are given
}

// Serving is what the tables say of a function and connections.
type Serving struct {
	Fresh   bool   // its result is a pool made anew, of which idle connections are closed in time
	Over    int    // the argument over whose connections a result that is Fresh makes requests; -1 if it has its own
	Serves  bool   // it serves clients without a time limit
	Addr    int    // the argument that says where it serves or listens; -1 if none does
	On      int    // the argument that is the listener on which it serves; -1 if none is
	Unless  string // the receiver's field that holds a server of which users may set the limits
	Listens bool   // it returns a listener
	Net     int    // the argument that names the network on which it listens
	Slurps  bool   // it reads all of argument 0
}

func (p *parser) poolRow(r *row) {
	p.typeKey(r)
	p.rows.pools[r.key] = &Pool{
		Idle: r.take("idle"), Off: r.take("off"), All: r.take("all"), Each: r.take("each"), By: r.take("by"), End: r.need("end"), Once: r.take("once"),
	}
}

func (p *parser) serverRow(r *row) {
	p.typeKey(r)
	p.rows.servers[r.key] = &Server{
		First: strings.Split(r.need("first"), ","), Idle: strings.Split(r.need("idle"), ","), Addr: r.need("addr"),
		On: strings.FieldsFunc(r.take("on"), func(c rune) bool { return c == ',' }),
	}
}

// typeKey checks that a row's key names a type.
func (p *parser) typeKey(r *row) {
	if _, recv, _, ok := splitKey(strings.TrimPrefix(r.key, "*")); !ok || recv != "" {
		r.fail("%q is not a type's full name, such as net/http.Handler or *net/http.Response", r.key)
	}
}

func (p *parser) serving(r *row, f *Func) {
	if f.Serving == nil {
		f.Serving = &Serving{Addr: -1, On: -1, Over: -1}
	}
	switch r.word {
	case "fresh":
		f.Serving.Fresh = true
		if v := r.take("over"); v != "" {
			f.Serving.Over = r.index("over", v)
		}
	case "slurp":
		f.Serving.Slurps = true
	case "serve":
		f.Serving.Serves = true
		if v := r.take("addr"); v != "" {
			f.Serving.Addr = r.index("addr", v)
		}
		if v := r.take("on"); v != "" {
			f.Serving.On = r.index("on", v)
		}
		f.Serving.Unless = r.take("unless")
	case "listen":
		f.Serving.Listens = true
		f.Serving.Net, f.Serving.Addr = r.index("net", r.need("net")), r.index("addr", r.need("addr"))
	}
}

// Pool returns what the tables say of values of a type as pools of connections, or nil.
func (t *Tables) Pool(typ types.Type) *Pool { return typed(t, pointee(typ), poolRows) }

// Server returns what the tables say of values of a type as servers, or nil.
func (t *Tables) Server(typ types.Type) *Server { return typed(t, pointee(typ), serverRows) }

// Serves reports whether there are rows on servers or pools of a package.
func (t *Tables) Serves(pkg string) bool {
	return t.has(pkg, func(x *index) words { return x.servePkgs })
}
