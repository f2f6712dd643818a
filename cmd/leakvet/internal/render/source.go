package render

import (
	"bytes"
	"os"
	"unicode/utf8"
)

// sources are files that excerpts are made of.
type sources map[string][][]byte // lines, by file

// maxSource is how large a file is read for its lines, in bytes.
const maxSource = 32 << 20

// lines returns the lines of a file without their ends; none if it cannot be
// read.
func (s sources) lines(file string) [][]byte {
	lines, ok := s[file]
	if !ok {
		if info, err := os.Stat(file); err == nil && info.Mode().IsRegular() && info.Size() <= maxSource {
			if data, err := os.ReadFile(file); err == nil {
				lines = bytes.Split(data, []byte("\n"))
			}
		}
		s[file] = lines
	}
	return lines
}

// line returns a line of a file, counted from 1; "" if there is none.
func (s sources) line(file string, n int) string {
	lines := s.lines(file)
	if n < 1 || n > len(lines) {
		return ""
	}
	return string(bytes.TrimSuffix(lines[n-1], []byte("\r")))
}

// column returns the column of a position in characters, for one in bytes;
// both count from 1. What cannot be known stays as it is.
func (s sources) column(file string, line, column int) int {
	text := s.line(file, line)
	if column < 1 || column-1 > len(text) {
		return column
	}
	return utf8.RuneCountInString(text[:column-1]) + 1
}

// position returns line and column, in characters, of a byte of a file; false
// if the file has none there.
func (s sources) position(file string, offset int) (line, column int, ok bool) {
	rest := offset
	for i, text := range s.lines(file) {
		if rest <= len(text) {
			return i + 1, utf8.RuneCount(text[:rest]) + 1, true
		}
		rest -= len(text) + 1
	}
	return 0, 0, false
}
