package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"text/scanner"
)

// diag matches how staticcheck writes what it expects.
var diag = regexp.MustCompile("^//@ diag\\((`[^`]*`|\"(?:[^\"\\\\]|\\\\.)*\")\\)")

// expectations returns the lines of a file of test data where a diagnostic with such
// words is expected. Facts do not count.
func expectations(name string, text []byte, words *regexp.Regexp) ([]told, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []told
	for _, group := range f.Comments {
		for _, c := range group.List {
			line := fset.Position(c.Pos()).Line
			wants, err := parseWant(c.Text)
			if err != nil {
				return nil, fmt.Errorf("%s:%d: %w", name, line, err)
			}
			for _, want := range wants {
				if words == nil || words.MatchString(want) {
					t := told{file: name, line: line, what: want}
					t.unit = t.position()
					all = append(all, t)
				}
			}
		}
	}
	return sorted(all), nil
}

// parseWant returns the diagnostics that a comment expects, in the form of analysistest
// or of staticcheck.
func parseWant(comment string) ([]string, error) {
	if m := diag.FindStringSubmatch(comment); m != nil {
		words, err := strconv.Unquote(m[1])
		return []string{words}, err
	}
	text, ok := strings.CutPrefix(comment, "//")
	if i := strings.Index(text, "// want"); i >= 0 {
		text = text[i+len("//"):]
	}
	text, wants := strings.CutPrefix(strings.TrimSpace(text), "want ")
	if !ok || !wants {
		return nil, nil
	}
	var s scanner.Scanner
	s.Init(strings.NewReader(text))
	s.Error = func(*scanner.Scanner, string) {} // what it is about shows in the tokens
	var all []string
	fact := false
	for tok := s.Scan(); tok != scanner.EOF; tok = s.Scan() {
		switch tok {
		case scanner.Ident:
			fact = true
			if s.Scan() != ':' {
				return nil, fmt.Errorf("expectation %q: no colon after a name", text)
			}
		case scanner.String, scanner.RawString:
			words, err := strconv.Unquote(s.TokenText())
			if err != nil {
				return nil, fmt.Errorf("expectation %q: %w", text, err)
			}
			if !fact {
				all = append(all, words)
			}
			fact = false
		default:
			return nil, fmt.Errorf("expectation %q: unexpected %q", text, s.TokenText())
		}
	}
	return all, nil
}

// sample is a program in a string of gosec's test data.
type sample struct {
	line   int      // where its text begins
	files  []string // their texts
	lines  []int    // where these begin
	errors int      // how many findings are expected
}

// parseSamples returns the samples of a file: composite literals of the program's texts,
// the number of findings, and settings.
func parseSamples(name string, text []byte) ([]sample, error) {
	fset := token.NewFileSet()
	f, err := parser.ParseFile(fset, name, text, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	var all []sample
	ast.Inspect(f, func(n ast.Node) bool {
		lit, ok := n.(*ast.CompositeLit)
		if !ok || len(lit.Elts) < 2 {
			return true
		}
		files, ok1 := lit.Elts[0].(*ast.CompositeLit)
		number, ok2 := lit.Elts[1].(*ast.BasicLit)
		if !ok1 || !ok2 || number.Kind != token.INT {
			return true
		}
		s := sample{line: fset.Position(lit.Pos()).Line}
		s.errors, err = strconv.Atoi(number.Value)
		for _, e := range files.Elts {
			file, ok := e.(*ast.BasicLit)
			if !ok || file.Kind != token.STRING {
				err = fmt.Errorf("%s:%d: a sample's text is no literal", name, s.line)
				return false
			}
			code, bad := strconv.Unquote(file.Value)
			if bad != nil {
				err = bad
			}
			s.files, s.lines = append(s.files, code), append(s.lines, fset.Position(file.Pos()).Line)
		}
		all = append(all, s)
		return false
	})
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("%s: no samples", name)
	}
	return all, err
}

// copySamples writes gosec's samples in a file to tmp, a package each. They are compared
// by sample, since gosec does not say which line is meant.
func copySamples(tmp, file string) (*data, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	name := filepath.Base(file)
	samples, err := parseSamples(name, text)
	if err != nil {
		return nil, err
	}
	d := &data{modules: []string{"."}, moved: map[string]told{}}
	for i, s := range samples {
		dir := fmt.Sprintf("sample%d", i+1)
		if err := os.MkdirAll(filepath.Join(tmp, dir), 0o777); err != nil {
			return nil, err
		}
		for range s.errors {
			d.expected = append(d.expected, told{unit: dir, file: name, line: s.line, what: strings.ToUpper(strings.TrimSuffix(name, "_samples.go"))})
		}
		for j, code := range s.files {
			file := fmt.Sprintf("%s/file%d.go", dir, j+1)
			// The text's first line is the one that the literal begins in.
			d.moved[file] = told{unit: dir, file: name, line: s.lines[j] - 1}
			if err := os.WriteFile(filepath.Join(tmp, filepath.FromSlash(file)), []byte(code), 0o666); err != nil {
				return nil, err
			}
		}
	}
	return d, writeModule(tmp, "example.com/gosec", language)
}
