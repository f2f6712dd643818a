package integration

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	modpath "golang.org/x/mod/module"
	modzip "golang.org/x/mod/zip"
)

// released is the version under which the tests publish the checkout.
var released = modpath.Version{Path: "github.com/leakvet/leakvet", Version: "v0.1.0"}

// publish puts the checkout into a module proxy in a directory, as a release
// would be, and returns the value of GOPROXY that finds it there.
func publish(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	dir := filepath.Join(root, filepath.FromSlash(released.Path), "@v")
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	gomod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{
		"list":                     released.Version + "\n",
		released.Version + ".info": fmt.Sprintf(`{"Version":%q}`, released.Version),
		released.Version + ".mod":  string(gomod),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	f, err := os.Create(filepath.Join(dir, released.Version+".zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := modzip.Create(f, released, checkout(t)); err != nil {
		t.Fatal(err)
	}
	// What the checkout requires is in the cache already, which is a proxy, too.
	env := strings.Split(output(t, ".", []int{0}, "go", "env", "GOMODCACHE", "GOPROXY"), "\n")
	return "file://" + filepath.ToSlash(root) + ",file://" + filepath.ToSlash(env[0]) + "/cache/download," + env[1]
}

// checkout returns the files that git knows, which are what a release has.
func checkout(t *testing.T) []modzip.File {
	t.Helper()
	var files []modzip.File
	for name := range strings.Lines(output(t, "..", []int{0}, "git", "ls-files", "--cached", "--others", "--exclude-standard")) {
		name = strings.TrimSuffix(name, "\n")
		if info, err := os.Lstat(filepath.Join("..", name)); err == nil && info.Mode().IsRegular() && !nested(name) {
			files = append(files, file(name))
		}
	}
	return files
}

// nested reports whether a file belongs to a module below the root.
func nested(name string) bool {
	for dir := filepath.Dir(name); dir != "."; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join("..", dir, "go.mod")); err == nil {
			return true
		}
	}
	return false
}

// file is a file of the checkout, with slashes.
type file string

func (f file) Path() string                 { return string(f) }
func (f file) Lstat() (os.FileInfo, error)  { return os.Lstat(filepath.Join("..", string(f))) }
func (f file) Open() (io.ReadCloser, error) { return os.Open(filepath.Join("..", string(f))) }

// TestInstalled gets leakvet as users do: as a tool of their module, and by go
// install.
func TestInstalled(t *testing.T) {
	proxy := publish(t)
	t.Setenv("GOPROXY", proxy)
	t.Setenv("GONOSUMDB", "*")
	t.Setenv("GOFLAGS", "-modcacherw")
	t.Setenv("GOMODCACHE", t.TempDir()) // nobody else is to meet this release

	user := t.TempDir()
	for name, text := range map[string]string{
		"go.mod": "module example.com/user\n\ngo 1.26\n",
		"fetch.go": `package user

import (
	"io"
	"net/http"
	"os"
)

// Fetch prints a page.
func Fetch() error {
	resp, err := http.Get("https://example.com")
	if err != nil {
		return err
	}
	_, err = io.Copy(os.Stdout, resp.Body)
	return err
}
`,
	} {
		if err := os.WriteFile(filepath.Join(user, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	const want = "fetch.go:11:15: response body from http.Get is never closed"
	output(t, user, []int{0}, "go", "get", "-tool", released.Path+"/cmd/leakvet@"+released.Version)
	for range 2 {
		if got := output(t, user, []int{1}, "go", "tool", "leakvet", "-short", "./..."); !strings.Contains(got, want) {
			t.Errorf("go tool leakvet:\n%s", got)
		}
	}
	bin := t.TempDir()
	t.Setenv("GOBIN", bin)
	output(t, user, []int{0}, "go", "install", released.Path+"/cmd/leakvet@latest")
	installed := filepath.Join(bin, "leakvet")
	if got := output(t, user, []int{1}, installed, "-short", "./..."); !strings.Contains(got, want) {
		t.Errorf("leakvet:\n%s", got)
	}
	if got := output(t, user, []int{0}, installed, "-version"); !strings.HasPrefix(got, "leakvet "+released.Version+" built with go1.") {
		t.Errorf("the version is %s", got)
	}
}
