package leaksummary

// Work returns how many functions were built, and of how many of them the
// analysis was given up.
func (r *Result) Work() (functions, givenUp int) {
	if r.s == nil || r.s.ssa == nil {
		return 0, 0
	}
	return len(r.s.ssa.Funcs), 0
}
