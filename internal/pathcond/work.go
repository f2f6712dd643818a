package pathcond

const (
	stepsOf  = 1000  // instructions that count as a visit
	bigState = 10000 // a path that knows more than the root of this counts as several
)

// Work counts what an exploration does, in visits of blocks.
type Work struct{ visits, steps int }

// Visit adds that a path with a state goes on through a block.
func (w *Work) Visit(s *State) {
	size := s.Size()
	w.visits += 1 + size*size/bigState
}

// Step adds that so many instructions are looked at.
func (w *Work) Step(instructions int) { w.steps += instructions }

// Visits returns what has been done so far.
func (w *Work) Visits() int { return w.visits + w.steps/stepsOf }
