package render

import (
	"encoding/json"
	"io"
	"net/url"
	"path"
	"path/filepath"
	"strings"

	"codeberg.org/chavacava/garif"

	"github.com/leakvet/leakvet/cmd/leakvet/internal/finding"
	"github.com/leakvet/leakvet/cmd/leakvet/internal/rules"
)

// fingerprintKey names leakvet's fingerprints in SARIF; the number counts
// changes of how they are made.
const fingerprintKey = "leakvet/v1"

// sourceRoot stands for the directory that relative names are relative to.
const sourceRoot = "%SRCROOT%"

const homepage = "https://github.com/leakvet/leakvet"

// sarif prints the document as SARIF 2.1.0.
func sarif(w io.Writer, d *Document, o Options) error {
	s := &sarifLog{doc: d, options: o, sources: make(sources), index: make(map[string]int)}
	driver := garif.NewDriver("leakvet").WithInformationUri(homepage)
	driver.Version = d.Version
	for i, r := range d.Rules {
		s.index[r.Name] = i
		driver.Rules = append(driver.Rules, s.rule(r))
	}
	run := garif.NewRun(garif.NewTool(driver))
	run.ColumnKind = "unicodeCodePoints"
	run.Invocations = []*garif.Invocation{s.invocation()}
	out := sarifRun{Run: run, Results: []sarifResult{}}
	for _, f := range d.Report.Findings {
		out.Results = append(out.Results, s.result(f))
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(sarifFile{Version: "2.1.0", Schema: sarifSchema, Runs: []sarifRun{out}})
}

const sarifSchema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// These say what the library leaves out: no results at all, and the rule with
// index 0.
type (
	sarifFile struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		*garif.Run
		Results []sarifResult `json:"results"`
	}
	sarifResult struct {
		*garif.Result
		RuleIndex int `json:"ruleIndex"`
	}
)

type sarifLog struct {
	doc     *Document
	options Options
	sources sources
	index   map[string]int // of rules
}

func (s *sarifLog) rule(r *rules.Rule) *garif.ReportingDescriptor {
	d := garif.NewRule(r.Name)
	d.Name = r.Name
	d.ShortDescription = garif.NewMultiformatMessageString(sentence(r.Title))
	d.FullDescription = garif.NewMultiformatMessageString(r.Text)
	d.Help = garif.NewMultiformatMessageString(r.Terminal())
	d.Help.Markdown = r.Markdown()
	d.HelpUri = r.URL
	d.DefaultConfiguration = garif.NewReportingConfiguration()
	d.DefaultConfiguration.Level = "warning"
	d.DefaultConfiguration.Enabled = true
	d.Properties = garif.NewPropertyBag()
	(*d.Properties)["tags"] = []string{"resource-leak", "reliability"}
	(*d.Properties)["precision"] = "very-high"
	return d
}

// sentence makes a sentence of a rule's title.
func sentence(title string) string {
	if title == "" {
		return "."
	}
	return strings.ToUpper(title[:1]) + title[1:] + "."
}

// levels are SARIF's names for severities.
var levels = map[finding.Severity]garif.ResultLevel{
	finding.Note: garif.ResultLevel_Note, finding.Warning: garif.ResultLevel_Warning, finding.Error: garif.ResultLevel_Error,
}

func (s *sarifLog) result(f finding.Finding) sarifResult {
	r := garif.NewResult(garif.NewMessageFromText(f.Message))
	r.RuleId = f.Rule
	r.Kind = garif.ResultKind_Fail
	r.Level = levels[f.Severity]
	place := s.location(f.Pos, f.End, "")
	if f.Function != "" {
		name := garif.NewLogicalLocation()
		name.Name = f.Function
		name.FullyQualifiedName = f.Package + "." + f.Function
		place.LogicalLocations = []*garif.LogicalLocation{name}
	}
	r.Locations = []*garif.Location{place}
	r.PartialFingerprints = map[string]string{fingerprintKey: f.Fingerprint().Hash()}
	var way []*garif.ThreadFlowLocation
	for i, step := range f.Steps {
		hop := garif.NewThreadFlowLocation()
		hop.Location = s.location(step.Position, finding.Position{}, step.Message)
		hop.ExecutionOrder = i + 1
		way = append(way, hop)
		related := s.location(step.Position, finding.Position{}, step.Message)
		related.Id = i + 1
		r.RelatedLocations = append(r.RelatedLocations, related)
	}
	if len(way) > 0 {
		r.CodeFlows = []*garif.CodeFlow{garif.NewCodeFlow(garif.NewThreadFlow(way))}
	}
	for _, fix := range f.Fixes {
		if sf := s.fix(fix); sf != nil {
			r.Fixes = append(r.Fixes, sf)
		}
	}
	return sarifResult{r, s.index[f.Rule]}
}

// location returns the place between two positions, of which the second may be
// unknown.
func (s *sarifLog) location(from, to finding.Position, message string) *garif.Location {
	l := garif.NewLocation()
	l.PhysicalLocation = garif.NewPhysicalLocation()
	l.PhysicalLocation.ArtifactLocation = s.artifact(from.File)
	if from.Line > 0 {
		region := garif.NewRegion()
		region.StartLine = from.Line
		region.StartColumn = s.sources.column(from.File, from.Line, from.Column)
		if to.File == from.File && to.Line > 0 {
			region.EndLine = to.Line
			region.EndColumn = s.sources.column(to.File, to.Line, to.Column)
		}
		l.PhysicalLocation.Region = region
	}
	if message != "" {
		l.Message = garif.NewMessageFromText(message)
	}
	return l
}

// artifact names a file by a URI.
func (s *sarifLog) artifact(file string) *garif.ArtifactLocation {
	a := garif.NewArtifactLocation()
	name := s.options.name(file)
	if path.IsAbs(name) || filepath.IsAbs(file) && name == filepath.ToSlash(file) {
		a.Uri = (&url.URL{Scheme: "file", Path: "/" + strings.TrimPrefix(name, "/")}).String()
		return a
	}
	a.Uri = (&url.URL{Path: name}).String()
	a.UriBaseId = sourceRoot
	return a
}

// fix returns the form of a fix; nil if a file that it changes cannot be read.
func (s *sarifLog) fix(f finding.Fix) *garif.Fix {
	out := garif.NewFix()
	out.Description = garif.NewMessageFromText(f.Message)
	for _, e := range f.Edits {
		line, column, ok := s.sources.position(e.File, e.Start)
		endLine, endColumn, ok2 := s.sources.position(e.File, e.End)
		if !ok || !ok2 {
			return nil
		}
		region := garif.NewRegion()
		region.StartLine, region.StartColumn, region.EndLine, region.EndColumn = line, column, endLine, endColumn
		replacement := garif.NewReplacement(region)
		replacement.InsertedContent = garif.NewArtifactContent()
		replacement.InsertedContent.Text = e.New
		out.ArtifactChanges = append(out.ArtifactChanges, garif.NewArtifactChange(s.artifact(e.File), replacement))
	}
	return out
}

// invocation says whether all was looked at, and if not, why.
func (s *sarifLog) invocation() *garif.Invocation {
	i := garif.NewInvocation(len(s.doc.Problems)+len(s.doc.Report.Failures) == 0)
	note := func(text string) {
		n := garif.NewNotification(garif.NewMessageFromText(text))
		n.Level = "error"
		i.ToolExecutionNotifications = append(i.ToolExecutionNotifications, n)
	}
	for _, p := range s.doc.Problems {
		note(p)
	}
	for _, f := range s.doc.Report.Failures {
		note(f.Rule + " on " + f.Package + ": " + f.Message)
	}
	return i
}
