package origin_test

import ("testing";"fmt";"strings";"time";"github.com/leakvet/leakvet/internal/origin")

func TestZZ(t *testing.T) {
	repeat := func(n int, line string) string {
		var b strings.Builder
		for i := range n {
			b.WriteString(strings.ReplaceAll(line, "#", fmt.Sprint(i)))
		}
		return b.String()
	}
	for name, source := range map[string]func(n int) string{
		"cells": func(n int) string { return "func keep(*string)\nfunc f(r *request) {\nvar p string\nkeep(&p)\n" + repeat(n, "if r.Form(\"#\") != \"\" { p = p + \"#\" }\nsee(p)\n") + "}\n" },
		"phis": func(n int) string { return "func f(r *request) {\np := \"a\"\n" + repeat(n, "if strings.HasPrefix(r.Path, \"#\") { p += r.Path }\nsee(p)\n") + "}\n" },
		"cases": func(n int) string { return "func f(r *request) {\np := r.Path\nswitch r.Path {\n" + repeat(n, "case \"#\": p = r.Path + \"#\"\n") + "}\nsee(p)\n}\n"},
		"sw uses": func(n int) string { return "func f(r *request) {\np := r.Path\nswitch p {\n" + repeat(n, "case \"#\": see(p + r.URL.Host); see(r.Path) \n") + "}\nsee(p)\n}\n"},
		"list": func(n int) string { return "func f(r *request) {\nl := []string{" + repeat(n, "\"#\",") + "}\n" + repeat(n, "see(l[#])\n")+ "}\n"},
		"map": func(n int) string { return "func f(r *request) {\nl := map[string]string{" + repeat(n, "\"#\":\"#\",") + "}\n" + repeat(n, "see(l[\"#\"])\n")+ "}\n"},
		"vals": func(n int) string { return "func f(r *request) {\nb := r.Path\n" + repeat(n, "a# := r.Form(\"#\"); _ = a#\n") + repeat(n/10*9, "if a# == b { see(a#) }\n")+ "}\n"},
		"fieldtest": func(n int) string { return "type in struct{ kind string }\nfunc (x *in) ok(i int) bool\nfunc f(r *request) {\nvar x in\ndecode(r.Body, &x)\n" + repeat(n, "if x.ok(#) { see(x.kind) }\n") + "}\n"},
		"mapwithconst": func(n int) string { return "var v *vector\nfunc f(r *request) {\nl := labels{}\n" + repeat(n, "l[\"#\"]=r.Path\n") + "v.of(l)\n}\n"},
		"litcaptures": func(n int) string { return "func f(r *request) {\np := \"\"\n" + repeat(n, "func() { p += \"#\" }()\n") + "see(p)\n}\n"},
		"fields": func(n int) string { return "type st struct{a string}\n" + repeat(n, "func (s *st) set#(r *request) { s.a = s.a + r.Path }\n") + repeat(n, "func (s *st) use#(r *request) { see(s.a) }\n")},
		"callers": func(n int) string { return "type st struct{a string}\nfunc (s *st) set(p string) { s.a = p }\n" + repeat(n, "func (s *st) set#(p string) { s.set(p) }\n") + repeat(n, "func (s *st) use#(r *request) { s.set#(r.Path); see(s.a) }\n")},
	} {
		for _, n := range []int{300, 3000} {
			if n > 1000 && (name == "fields" || name == "callers") { n = 900 }
			c := build(t, source(n))
			tracer := origin.NewTracer(c.eff)
			start := time.Now()
			for _, call := range c.calls(seen...) {
				tracer.Of(call.Call.Args[0], call.Block())
			}
			for _, fn := range c.ssa.Funcs { tracer.Entries(fn) }
			t.Log(name, n, time.Since(start).Round(time.Millisecond), c.eff.asked)
		}
	}
}
