// Package vetjson reads what vet tools print with -json.
package vetjson

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/leakvet/leakvet/tools/internal/record"
)

// Parse reads the output of go vet -json or of a vet tool's unit: an object for each
// package, rules to findings. Files are named from dir, with slashes; findings in
// others are left out, and so are rules that failed.
func Parse(out []byte, dir string) ([]record.Entry, error) {
	var entries []record.Entry
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var packages map[string]map[string]json.RawMessage
		if err := dec.Decode(&packages); errors.Is(err, io.EOF) {
			return entries, nil
		} else if err != nil {
			return nil, fmt.Errorf("output of a vet tool: %w", err)
		}
		for _, rules := range packages {
			for rule, raw := range rules {
				var diagnostics []struct{ Posn, Message string }
				if err := json.Unmarshal(raw, &diagnostics); err != nil {
					continue // an analyzer that failed prints an object
				}
				for _, d := range diagnostics {
					e, err := Entry(dir, rule, d.Posn, d.Message)
					if err != nil {
						return nil, err
					}
					entries = append(entries, e...)
				}
			}
		}
	}
}

// Entry returns the entry for a finding at file:line:column, none if the file is not
// in dir.
func Entry(dir, rule, posn, message string) ([]record.Entry, error) {
	parts := strings.Split(posn, ":")
	if len(parts) < 2 {
		return nil, fmt.Errorf("position %q", posn)
	}
	line, err := strconv.Atoi(parts[1])
	if err != nil {
		return nil, fmt.Errorf("position %q", posn)
	}
	file, err := filepath.Rel(dir, parts[0])
	if err != nil || strings.HasPrefix(file, "..") {
		return nil, nil
	}
	message = strings.Join(strings.Fields(message), " ")
	return []record.Entry{{Rule: rule, File: filepath.ToSlash(file), Line: line, Message: message}}, nil
}
