package ci

import (
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/moby/buildkit/client/llb"
	"github.com/moby/buildkit/client/llb/sourceresolver"
	"github.com/moby/buildkit/frontend/dockerfile/dockerfile2llb"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
	digest "github.com/opencontainers/go-digest"
	ocispecs "github.com/opencontainers/image-spec/specs-go/v1"
)

// TestDockerfileIsClean checks the Dockerfile as docker build --check does.
func TestDockerfileIsClean(t *testing.T) {
	text := read(t, "Dockerfile")
	if got := lintDockerfile(t, text); len(got) > 0 {
		t.Errorf("%s", strings.Join(got, "\n"))
	}
	// The check does see what is wrong.
	for wrong, want := range map[string]string{
		strings.Replace(text, "COPY go.mod", "COPPY go.mod", 1):                    "unknown instruction: COPPY",
		strings.Replace(text, "ENTRYPOINT [\"leakvet\"]", "ENTRYPOINT leakvet", 1): "JSONArgsRecommended",
		strings.Replace(text, " AS build", " as build", 1):                         "FromAsCasing",
	} {
		if got := strings.Join(lintDockerfile(t, wrong), "\n"); !strings.Contains(got, want) {
			t.Errorf("%q does not tell of %s", got, want)
		}
	}
}

func lintDockerfile(t *testing.T, text string) []string {
	t.Helper()
	source := llb.NewSourceMap(nil, "Dockerfile", "Dockerfile", []byte(text))
	source.Definition = &llb.Definition{}
	results, err := dockerfile2llb.DockerfileLint(t.Context(), []byte(text), dockerfile2llb.ConvertOpt{
		MetaResolver: noRegistry{},
		SourceMap:    source,
	})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	if results.Error != nil {
		got = append(got, results.Error.Message)
	}
	for _, w := range results.Warnings {
		got = append(got, w.RuleName+": "+w.Detail)
	}
	return got
}

// noRegistry says of every image what the checks want to know of it.
type noRegistry struct{}

func (noRegistry) ResolveImageConfig(_ context.Context, ref string, _ sourceresolver.Opt) (string, digest.Digest, []byte, error) {
	data, err := json.Marshal(ocispecs.Image{
		Platform: ocispecs.Platform{OS: "linux", Architecture: "amd64"},
		Config:   ocispecs.ImageConfig{Env: []string{"PATH=/usr/local/go/bin:/usr/bin:/bin", "GOPATH=/go"}},
	})
	return ref, digest.FromBytes(data), data, err
}

// TestDockerfileBuilds does what the Dockerfile says without an engine, in a
// directory for each stage, and runs what is in the image.
func TestDockerfileBuilds(t *testing.T) {
	result, err := parser.Parse(strings.NewReader(read(t, "Dockerfile")))
	if err != nil {
		t.Fatal(err)
	}
	stages, _, err := instructions.Parse(result.AST, nil)
	if err != nil {
		t.Fatal(err)
	}
	sources := buildContext(t)
	built := make(map[string]*image)
	var last *image
	for _, s := range stages {
		if s.BaseName != "golang:1.26-bookworm" {
			t.Errorf("stage from %s: leakvet wants Go, and its tests know this one", s.BaseName)
		}
		last = &image{root: t.TempDir(), vars: make(map[string]string)}
		last.env = []string{"GIT_CONFIG_SYSTEM=" + filepath.Join(last.root, "etc/gitconfig")}
		write(t, filepath.Join(last.root, "etc/gitconfig"), "")
		for _, c := range s.Commands {
			last.do(t, c, sources, built)
		}
		built[s.Name] = last
	}

	work := filepath.Join(last.root, last.work)
	shop(t, work)
	// Nobody has no home; modules and results are in the volume instead.
	if cache := last.vars["GOCACHE"]; !strings.HasPrefix(cache, "/go/") {
		t.Errorf("results are kept in %q", cache)
	}
	here := strings.Fields(command{"", nil, []string{"go", "env", "GOPATH", "GOCACHE"}}.run(t))
	env := []string{"HOME=" + filepath.Join(last.root, "nonexistent"), "GOPATH=" + here[0], "GOCACHE=" + here[1]}
	program := filepath.Join(last.root, "usr/local/bin", last.entrypoint[0])
	got := command{work, env, append([]string{program}, last.cmd...)}.run(t, 1)
	if !strings.Contains(got, "findings in") {
		t.Errorf("the image's leakvet says\n%s", got)
	}
	if last.user == "" || last.user == "root" {
		t.Errorf("the image runs as %q", last.user)
	}
	if safe := (command{work, last.env, []string{"git", "config", "--system", "safe.directory"}}).run(t); strings.TrimSpace(safe) != last.work {
		t.Errorf("git trusts %q, and the work is in %s", safe, last.work)
	}
}

// image is what a stage has come to.
type image struct {
	root            string
	work            string
	user            string
	env             []string // of this machine
	vars            map[string]string
	entrypoint, cmd []string
}

// do follows one instruction. Paths begin in the stage's directory; what RUN
// runs must keep to relative ones.
func (i *image) do(t *testing.T, c instructions.Command, sources string, stages map[string]*image) {
	t.Helper()
	switch c := c.(type) {
	case *instructions.WorkdirCommand:
		i.work = c.Path
		if err := os.MkdirAll(filepath.Join(i.root, i.work), 0o777); err != nil {
			t.Fatal(err)
		}
	case *instructions.CopyCommand:
		from := sources
		if c.From != "" {
			stage := stages[c.From]
			if stage == nil {
				t.Fatalf("%s is from a stage that is not there", c)
			}
			from = stage.root
		}
		for _, name := range c.SourcePaths {
			i.copy(t, filepath.Join(from, name), c.DestPath)
		}
	case *instructions.RunCommand:
		command{filepath.Join(i.root, i.work), i.env, append([]string{"sh", "-c"}, c.CmdLine...)}.run(t)
	case *instructions.EnvCommand:
		for _, kv := range c.Env {
			i.vars[kv.Key] = kv.Value
		}
	case *instructions.UserCommand:
		i.user = c.User
	case *instructions.EntrypointCommand:
		i.entrypoint = c.CmdLine
	case *instructions.CmdCommand:
		i.cmd = c.CmdLine
	default:
		t.Fatalf("the test does not know %s", c.Name())
	}
}

// copy copies a file, or what is in a directory.
func (i *image) copy(t *testing.T, from, to string) {
	t.Helper()
	target := filepath.Join(i.root, to)
	if !filepath.IsAbs(to) {
		target = filepath.Join(i.root, i.work, to)
	}
	info, err := os.Stat(from)
	if err != nil {
		t.Fatal(err)
	}
	if info.IsDir() {
		command{"", nil, []string{"cp", "-R", from + "/.", target}}.run(t)
		return
	}
	if strings.HasSuffix(to, "/") {
		target = filepath.Join(target, filepath.Base(from))
	}
	command{"", nil, []string{"mkdir", "-p", filepath.Dir(target)}}.run(t)
	command{"", nil, []string{"cp", from, target}}.run(t)
}

// buildContext copies what .dockerignore leaves of the checkout.
func buildContext(t *testing.T) string {
	t.Helper()
	patterns, err := ignorefile.ReadAll(strings.NewReader(read(t, ".dockerignore")))
	if err != nil {
		t.Fatal(err)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	var top []string
	err = fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		ignored, err := matcher.MatchesOrParentMatches(name)
		if err != nil || ignored {
			return err
		}
		if first, _, _ := strings.Cut(name, "/"); !slices.Contains(top, first) {
			top = append(top, first)
		}
		write(t, filepath.Join(dir, name), read(t, name))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"analyzers", "cmd", "go.mod", "go.sum", "internal"}; !slices.Equal(top, want) {
		t.Errorf("the build gets %q, want %q", top, want)
	}
	return dir
}
