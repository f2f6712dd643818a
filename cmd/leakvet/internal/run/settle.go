package run

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/baseline"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/changes"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/files"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/fixes"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/git"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/render"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/stats"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/unit"
)

// settle drops from the report what the policy and -new-from say nobody wants
// to hear of. What is known is left to the summary, since modules may share a
// baseline.
func (s *summary) settle(ctx context.Context, r *runner) error {
	r.report.Normalize()
	r.report.Number()
	kept := r.report.Findings[:0]
	for _, f := range r.report.Findings {
		if r.policy.wants(&f) {
			kept = append(kept, f)
		}
	}
	r.report.Findings = kept
	if s.settings.newFrom == "" {
		return nil
	}
	since, err := s.since(ctx, r.dir)
	if err != nil {
		return err
	}
	r.report.Findings = slices.DeleteFunc(r.report.Findings, func(f finding.Finding) bool { return !since.Touches(&f) })
	return nil
}

// since returns what has changed in the repository around dir, in which several
// modules may be.
func (s *summary) since(ctx context.Context, dir string) (changes.Changes, error) {
	root, err := git.Root(ctx, dir)
	if c, ok := s.changes[root]; err == nil && ok {
		return c, nil
	}
	c, err := changes.Since(ctx, dir, s.settings.newFrom)
	if err != nil {
		return nil, err
	}
	s.changes[root] = c
	return c, nil
}

// A summary gathers what the runs over all modules say.
type summary struct {
	settings *settings
	suite    unit.Suite
	problems *problems
	runs     []*runner
	changes  map[string]changes.Changes // by root of their repository
	notes    []string                   // about the baselines and the fixes
}

func (s *summary) add(r *runner) { s.runs = append(s.runs, r) }

// writePage writes the report that is read in a browser.
func writePage(name string, doc *render.Document, base, title string) error {
	var page bytes.Buffer
	if err := render.HTML(&page, doc, render.Options{Base: base}, title); err != nil {
		return err
	}
	if !filepath.IsAbs(name) {
		name = filepath.Join(base, name)
	}
	return files.Write(name, page.Bytes())
}

// title says what was analysed: the module, if it is one.
func (s *summary) title() string {
	modules := make(map[string]bool)
	for _, r := range s.runs {
		for path := range r.match.modules {
			modules[path] = true
		}
	}
	if len(modules) == 1 {
		for path := range modules {
			return path
		}
	}
	return strings.Join(s.settings.patterns, " ")
}

// fix applies the fixes of what is to be told, and leaves in the reports what
// they do not mend. With -diff it only returns the changes.
func (s *summary) fix(ctx context.Context) (patch string, err error) {
	if !s.settings.fix && !s.settings.diff {
		return "", nil
	}
	var found []finding.Finding
	for _, r := range s.runs {
		found = append(found, r.report.Findings...)
	}
	plan, err := fixes.Make(found, func(file string) bool {
		return slices.ContainsFunc(s.runs, func(r *runner) bool { return r.match.holds(file) })
	})
	if err != nil {
		return "", err
	}
	fixed := 0
	for _, is := range plan.Fixed {
		if is {
			fixed++
		}
	}
	what := fmt.Sprintf("%d of %d findings in %d files", fixed, len(found), len(plan.Files))
	if plan.Late > 0 {
		what += fmt.Sprintf("; %d more meet others: run leakvet -fix again", plan.Late)
	}
	if s.settings.diff {
		s.note("-fix would mend %s", what)
		return plan.Diff(s.settings.show), nil
	}
	if len(plan.Files) > 0 && !s.settings.dirty {
		var dirs []string
		for _, r := range s.runs {
			dirs = append(dirs, r.dir)
		}
		if err := plan.Clean(ctx, dirs); err != nil {
			return "", fmt.Errorf("nothing is fixed: %w", err)
		}
	}
	if err := plan.Write(); err != nil {
		return "", err
	}
	s.note("fixed %s", what)
	i := 0
	for _, r := range s.runs {
		r.report.Findings = slices.DeleteFunc(r.report.Findings, func(finding.Finding) bool {
			i++
			return plan.Fixed[i-1]
		})
	}
	return "", nil
}

// incomplete reports whether something was not looked at.
func (s *summary) incomplete() bool {
	return len(s.problems.list) > 0 || slices.ContainsFunc(s.runs, func(r *runner) bool { return len(r.report.Failures) > 0 })
}

// finish prints what was found and what went wrong, and returns the exit code.
func (s *summary) finish(ctx context.Context, stdout, stderr io.Writer) int {
	if err := s.applyBaselines(); err != nil {
		s.problems.add(err.Error())
	}
	patch, err := s.fix(ctx)
	if err != nil {
		s.problems.add(err.Error())
	}
	report := new(finding.Report)
	var costs []stats.Unit
	failing := 0
	for _, r := range s.runs {
		for i := range r.report.Findings {
			if r.policy.fails(&r.report.Findings[i]) {
				failing++
			}
		}
		report.Findings = append(report.Findings, r.report.Findings...)
		report.Failures = append(report.Failures, r.report.Failures...)
		costs = append(costs, r.stats...)
	}
	report.Normalize()
	doc := &render.Document{Report: report, Problems: s.problems.list, Version: toolVersion()}
	if s.settings.stats != "" {
		doc.Stats = stats.Sum(costs, report.Findings)
	}
	for _, a := range unit.Rules(s.suite.Analyzers) {
		doc.Rules = append(doc.Rules, rules.Parse(a))
	}
	if name := s.settings.html; name != "" {
		if err := writePage(name, doc, s.settings.start, s.title()); err != nil {
			s.problems.add(fmt.Sprintf("cannot write the page %s: %v", name, err))
		}
	}
	if s.settings.diff {
		_, err = io.WriteString(stdout, patch)
	} else {
		err = render.Write(stdout, s.settings.format, doc, render.Options{
			Base: s.settings.start, Color: useColor(s.settings.color, stdout), Width: width(stdout),
		})
	}
	if doc.Stats != nil {
		s.writeStats(stderr, doc.Stats)
	}
	for _, note := range s.notes {
		fmt.Fprintf(stderr, "leakvet: %s\n", note)
	}
	s.problems.print(stderr)
	for _, f := range report.Failures {
		fmt.Fprintf(stderr, "leakvet: %s on %s: %s\n", f.Rule, f.Package, f.Message)
	}
	switch {
	case err != nil:
		fmt.Fprintf(stderr, "leakvet: cannot print the findings: %v\n", files.Cause(err))
		return exitFailure
	case s.incomplete():
		return exitFailure
	case failing > 0 && !s.settings.write:
		return exitFindings
	}
	return exitClean
}

// applyBaselines drops what is known from the reports, or writes it down.
func (s *summary) applyBaselines() error {
	byFile := make(map[string][]*runner)
	var files []string
	for _, r := range s.runs {
		if file := r.policy.baseline(); file != "" {
			if byFile[file] == nil {
				files = append(files, file)
			}
			byFile[file] = append(byFile[file], r)
		}
	}
	for _, file := range files {
		if err := s.applyBaseline(file, byFile[file]); err != nil {
			return err
		}
	}
	return nil
}

// readBaseline reads the file of known findings. Whoever asks to write one may
// have none yet.
func (p *policy) readBaseline() (baseline.Baseline, error) {
	file := p.baseline()
	if file == "" {
		if p.line.write {
			return nil, errors.New("-write-baseline needs to know where: say -baseline FILE, or baseline: FILE in .leakvet.yaml")
		}
		return nil, nil
	}
	known, err := baseline.Read(file)
	if errors.Is(err, fs.ErrNotExist) {
		if !p.line.write {
			return nil, fmt.Errorf("there is no baseline %s: write it with -write-baseline", p.line.show(file))
		}
		return make(baseline.Baseline), nil
	}
	return known, err
}

func (s *summary) applyBaseline(file string, runs []*runner) error {
	name := s.settings.show(file)
	known, err := runs[0].policy.readBaseline()
	if err != nil {
		return err
	}
	var found []finding.Finding
	for _, r := range runs {
		found = append(found, r.report.Findings...)
	}
	var gone []finding.Fingerprint
	// What was not looked at, or not shown, is not gone.
	if !s.incomplete() && s.settings.newFrom == "" {
		gone = known.Gone(found, func(fp finding.Fingerprint, audit bool) bool {
			return slices.ContainsFunc(runs, func(r *runner) bool { return r.lookedFor(fp, audit) })
		})
	}
	old := 0
	for _, r := range runs {
		r.report.Findings = slices.DeleteFunc(r.report.Findings, func(f finding.Finding) bool {
			_, is := known[f.Fingerprint()]
			if is {
				old++
			}
			return is
		})
	}
	fresh := len(found) - old
	if !s.settings.write {
		s.note("baseline %s: %d known, %d new, %d gone%s", name, old, fresh, len(gone), renew(len(gone)))
		return nil
	}
	if s.incomplete() {
		return fmt.Errorf("the baseline %s is left as it is, since the run is incomplete", name)
	}
	for i := range found {
		known.Add(&found[i])
	}
	for _, fp := range gone {
		delete(known, fp)
	}
	if err := known.Write(file); err != nil {
		return err
	}
	s.note("baseline %s: %d added, %d removed, %d in all", name, fresh, len(gone), len(known))
	return nil
}

func renew(gone int) string {
	if gone == 0 {
		return ""
	}
	return " (-write-baseline forgets them)"
}

func (s *summary) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}

// lookedFor reports whether the run would have found what has a fingerprint:
// its rule and tier were asked for, and its package was among those analysed,
// or is one of these modules' that exists no more.
func (r *runner) lookedFor(fp finding.Fingerprint, audit bool) bool {
	if !r.policy.looksAt(fp.Rule, audit) {
		return false
	}
	if _, ok := r.match.dir(fp.Package); ok {
		return true
	}
	for path, dir := range r.match.modules {
		rest, ok := strings.CutPrefix(fp.Package, path)
		if !ok || rest != "" && rest[0] != '/' {
			continue
		}
		within := filepath.Join(dir, filepath.FromSlash(rest))
		// An external test has no directory of its own.
		if !hasGoFiles(within) && !hasGoFiles(strings.TrimSuffix(within, "_test")) {
			return !nestedModule(dir, rest)
		}
	}
	return false
}

func hasGoFiles(dir string) bool {
	files, _ := filepath.Glob(filepath.Join(dir, "*.go"))
	return len(files) > 0
}

// nestedModule reports whether a directory below a module's root belongs to
// another module.
func nestedModule(root, rest string) bool {
	dir := root
	for elem := range strings.SplitSeq(strings.Trim(rest, "/"), "/") {
		dir = filepath.Join(dir, elem)
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return true
		}
	}
	return false
}
