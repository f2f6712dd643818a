package pathcond

// EscapedVars returns the variables that others can reach, in order.
func (s *State) EscapedVars() []Sym {
	var found []Sym
	for _, e := range s.escaped.entries {
		found = append(found, e.key)
	}
	return found
}
