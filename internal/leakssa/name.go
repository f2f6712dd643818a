package leakssa

import (
	"strings"
	"unicode"
)

// Words cuts a name in mixed caps into lower-case words.
func Words(name string) []string {
	var out []string
	start := 0
	runes := []rune(name)
	for i := 1; i <= len(runes); i++ {
		if i == len(runes) || runes[i] == '_' ||
			unicode.IsUpper(runes[i]) && (!unicode.IsUpper(runes[i-1]) || i+1 < len(runes) && unicode.IsLower(runes[i+1])) {
			if w := strings.ToLower(strings.Trim(string(runes[start:i]), "_")); w != "" {
				out = append(out, w)
			}
			start = i
		}
	}
	return out
}

// StandsIn reports whether a type is, by its name, what tests use in place of another.
func StandsIn(typeName string) bool {
	words := Words(typeName)
	return len(words) > 0 && (words[0] == "fake" || words[0] == "mock" || words[0] == "stub")
}
