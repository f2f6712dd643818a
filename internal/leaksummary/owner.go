package leaksummary

import (
	"go/token"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/leakvet/leakvet/internal/leakapi"
)

// Fixed implements ctxflow.Effects.
func (s *summarizer) Fixed(c *ssa.CallCommon) bool {
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	if obj == nil || obj.Pkg() == nil || leakapi.IsStd(obj.Pkg().Path()) || sameOwner(obj.Pkg().Path(), s.pass.Pkg.Path()) {
		return false
	}
	return s.fetched(obj.Pos()) && !takesContext(obj.Signature()) && !s.HasTwin(c) && !s.tells(obj)
}

// fetched reports whether a position is in a copy of a published module: in the
// module cache or vendored. What lies elsewhere is at hand to be changed.
func (s *summarizer) fetched(pos token.Pos) bool {
	name := filepath.ToSlash(s.pass.Fset.Position(pos).Filename)
	return strings.Contains(name, "@v") || strings.Contains(name, "/vendor/")
}

// HasTwin implements ctxflow.Effects.
func (s *summarizer) HasTwin(c *ssa.CallCommon) bool {
	obj := c.Method
	if !c.IsInvoke() {
		obj, _ = s.callee(c)
	}
	if obj == nil {
		return false
	}
	if row := s.flowRow(obj); row != nil && row.Twin != nil {
		return true
	}
	return obj.Pkg() != nil && !leakapi.IsStd(obj.Pkg().Path()) && Twin(obj) != nil
}

// sameOwner reports whether two packages most likely belong to the same people:
// their paths begin with the same host, and on hosts that many share with the
// same owner. Paths without a host belong to whoever uses them.
func sameOwner(a, b string) bool {
	x, y := owner(a), owner(b)
	return x == y || x == "" || y == ""
}

// shared are hosts where the second element of a path names an owner.
var shared = map[string]bool{
	"bitbucket.org": true, "codeberg.org": true, "git.sr.ht": true, "gitea.com": true, "github.com": true, "gitlab.com": true,
	"gopkg.in": true,
}

func owner(path string) string {
	host, rest, _ := strings.Cut(path, "/")
	if !strings.Contains(host, ".") {
		return ""
	}
	if shared[host] {
		second, _, _ := strings.Cut(rest, "/")
		return host + "/" + second
	}
	return host
}
