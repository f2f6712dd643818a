// Package suggest guesses what somebody meant who wrote a name that is not known.
package suggest

import (
	"fmt"
	"strings"
)

// DidYouMean returns " (did you mean X?)" for the candidate nearest to name, or
// nothing if none is near.
func DidYouMean(name string, candidates []string) string {
	if best := Nearest(name, candidates); best != "" {
		return fmt.Sprintf(" (did you mean %s?)", best)
	}
	return ""
}

// Nearest returns the candidate that a misspelt name was most likely meant to
// be, or "" if none is near. Of several that are as near, the first counts.
func Nearest(name string, candidates []string) string {
	best, least := "", 3 // edits; more is another word
	for _, c := range candidates {
		if diff := len(name) - len(c); max(diff, -diff) >= least {
			continue
		}
		if d := distance(name, c); d < least && d < len(name) {
			best, least = c, d
		}
	}
	return best
}

// Or lists words as alternatives: "a, b or c".
func Or(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " or " + words[len(words)-1]
}

// distance returns how many bytes must be inserted, deleted or replaced to
// make b from a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			next := diagonal
			if a[i] != b[j] {
				next = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], next
		}
	}
	return row[len(b)]
}
