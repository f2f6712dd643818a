// Package baseline keeps findings that are known, so that a run tells only of
// others. See Doc for the form of its files.
package baseline

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
)

// Doc describes the files to those who meet one.
const Doc = `A baseline is a file of findings that are known and not told again.

	leakvet -baseline FILE -write-baseline ./...   writes or renews it
	leakvet -baseline FILE ./...                   tells only of what is new

It has one line for each finding, sorted: the rule, the import path, the
declaration around it, what it is about, a number among equals, and "audit"
if it is of that tier, separated by tabs. It knows neither lines nor file
names, so it holds when code moves. It is made to be committed: lines of two
branches merge like lines of a text, and a line that is deleted makes its
finding new again.

Only -write-baseline changes the file. It says what comes and goes, keeps
what it did not look at (other packages, rules or tiers), and writes nothing
if the run was incomplete. To name the file once, write in .leakvet.yaml:

	baseline: leakvet.baseline
`

// header is the first line of a file; the number counts incompatible changes.
const (
	header  = "# leakvet baseline "
	version = 1
)

// maxSize is how large a file is read, in bytes.
const maxSize = 64 << 20

// A Baseline is a set of known findings, each with whether it is of the audit
// tier.
type Baseline map[finding.Fingerprint]bool

// Read reads a file. That there is none is an error that wraps
// fs.ErrNotExist.
func Read(name string) (Baseline, error) {
	data, err := files.Read("baseline", name, maxSize)
	if err != nil {
		return nil, err
	}
	return Parse(name, string(data))
}

// Parse reads the content of a file. Errors name the file and the line.
func Parse(name, text string) (Baseline, error) {
	b := make(Baseline)
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimRight(line, "\r\n")
		if n == 1 {
			if err := checkHeader(line); err != nil {
				return nil, fmt.Errorf("%s:1: %v", name, err)
			}
			continue
		}
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		fp, audit, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %v", name, n, err)
		}
		b[fp] = audit
	}
	if n == 0 {
		return nil, fmt.Errorf("%s is empty: a baseline begins with %q", name, header+strconv.Itoa(version))
	}
	return b, nil
}

func checkHeader(line string) error {
	rest, ok := strings.CutPrefix(line, header)
	if !ok {
		return fmt.Errorf("this is no baseline: it does not begin with %q", header+strconv.Itoa(version))
	}
	number, _, _ := strings.Cut(rest, ";")
	if v, err := strconv.Atoi(number); err != nil || v < 1 {
		return fmt.Errorf("this is no baseline: %q is no version", rest)
	} else if v > version {
		return fmt.Errorf("a newer leakvet has written this baseline: update leakvet, or write the baseline anew")
	}
	return nil
}

func parseLine(line string) (fp finding.Fingerprint, audit bool, err error) {
	for _, mark := range []string{"<<<<<<<", "=======", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, mark) {
			return fp, false, errors.New("a merge conflict: keep the lines of both sides, without the marks")
		}
	}
	fields := strings.Split(line, "\t")
	if len(fields) == 6 && fields[5] == "audit" {
		fields, audit = fields[:5], true
	}
	if len(fields) != 5 || !utf8.ValidString(line) {
		return fp, false, errors.New("want rule, package, declaration, subject and number, separated by tabs")
	}
	ordinal, err := strconv.Atoi(fields[4])
	if err != nil || ordinal < 1 || fields[0] == "" || fields[1] == "" {
		return fp, false, fmt.Errorf("want a rule, a package and a number from 1 on, not %q, %q and %q", fields[0], fields[1], fields[4])
	}
	return finding.Fingerprint{Rule: fields[0], Package: fields[1], Function: fields[2], Subject: fields[3], Ordinal: ordinal}, audit, nil
}

// Format returns the content of a file.
func (b Baseline) Format() []byte {
	var s strings.Builder
	fmt.Fprintf(&s, "%s%d; see leakvet help baseline\n", header, version)
	for _, fp := range slices.SortedFunc(maps.Keys(b), finding.Fingerprint.Compare) {
		s.WriteString(strings.Join([]string{fp.Rule, fp.Package, fp.Function, fp.Subject, strconv.Itoa(fp.Ordinal)}, "\t"))
		if b[fp] {
			s.WriteString("\taudit")
		}
		s.WriteByte('\n')
	}
	return []byte(s.String())
}

// Write replaces the file by the baseline, or leaves it as it is.
func (b Baseline) Write(name string) error {
	if err := files.Write(name, b.Format()); err != nil {
		return fmt.Errorf("cannot write the baseline %s: %w", name, files.Cause(err))
	}
	return nil
}

// Add makes a finding known.
func (b Baseline) Add(f *finding.Finding) { b[f.Fingerprint()] = f.Audit }

// Gone returns those known that a run has looked for and not found, sorted.
// Looked reports whether it has looked for what would have a fingerprint.
func (b Baseline) Gone(found []finding.Finding, looked func(fp finding.Fingerprint, audit bool) bool) []finding.Fingerprint {
	present := make(map[finding.Fingerprint]bool, len(found))
	for i := range found {
		present[found[i].Fingerprint()] = true
	}
	var gone []finding.Fingerprint
	for fp, audit := range b {
		if !present[fp] && looked(fp, audit) {
			gone = append(gone, fp)
		}
	}
	slices.SortFunc(gone, finding.Fingerprint.Compare)
	return gone
}
