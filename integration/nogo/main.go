// Command nogo makes what Bazel makes of a nogo target: rules_go's builder, and
// the nogo for which the builder generates the main file. Bazel itself is not
// called.
//
//	nogo -o dir [-config config.json] analyzer-package...
//
// The path of this module lies below golang.org/x/tools because nogo imports an
// internal package from there.
package main

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/bazelbuild/buildtools/build"

	// What the programs import, so that go.mod requires it.
	_ "github.com/aymanbagabas/go-udiff"
	_ "github.com/bazelbuild/rules_go/go/runfiles"
	_ "golang.org/x/tools/go/analysis"
	_ "golang.org/x/tools/go/gcexportdata"

	_ "github.com/leakvet/leakvet/analyzers"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("nogo: ")
	out := flag.String("o", "", "write builder and nogo to this `directory`")
	config := flag.String("config", "", "configure nogo with this `file`")
	flag.Parse()
	if *out == "" || flag.NArg() == 0 {
		flag.Usage()
		os.Exit(2)
	}
	if err := makeNogo(*out, *config, flag.Args()); err != nil {
		log.Fatal(err)
	}
}

func makeNogo(out, config string, analyzers []string) error {
	const module = "github.com/bazelbuild/rules_go"
	if _, err := output("go", "mod", "download", module); err != nil {
		return err
	}
	rules, err := output("go", "list", "-mod=readonly", "-m", "-f", "{{.Dir}}", module)
	if err != nil {
		return err
	}
	dir := filepath.Join(rules, "go", "tools", "builders")
	data, err := os.ReadFile(filepath.Join(dir, "BUILD.bazel"))
	if err != nil {
		return err
	}
	file, err := build.ParseBuild("BUILD.bazel", data)
	if err != nil {
		return err
	}

	builder := filepath.Join(out, "builder")
	if err := compile(builder, sources(file, dir, "builder_srcs")); err != nil {
		return err
	}
	generated := filepath.Join(out, "nogo_main.go")
	args := []string{"gennogomain", "-output", generated}
	if config != "" {
		args = append(args, "-config", config)
	}
	for _, path := range analyzers {
		args = append(args, "-analyzer_importpath", path)
	}
	if _, err := output(builder, args...); err != nil {
		return err
	}
	nogo := sources(file, dir, "nogo_srcs")
	nogo["generated.go"] = generated
	return compile(filepath.Join(out, "nogo"), nogo)
}

// sources returns the files of a target of rules_go, by base name.
func sources(file *build.File, dir, target string) map[string]string {
	files := make(map[string]string)
	for _, rule := range file.Rules("") {
		if rule.Name() == target {
			for _, name := range names(rule.Attr("srcs")) {
				files[name] = filepath.Join(dir, name)
			}
		}
	}
	return files
}

// names evaluates a list of names, of a select the default.
func names(x build.Expr) []string {
	switch x := x.(type) {
	case *build.StringExpr:
		return []string{x.Value}
	case *build.ListExpr:
		var list []string
		for _, e := range x.List {
			list = append(list, names(e)...)
		}
		return list
	case *build.BinaryExpr:
		return append(names(x.X), names(x.Y)...)
	case *build.CallExpr:
		for _, kv := range x.List[0].(*build.DictExpr).List {
			if kv.Key.(*build.StringExpr).Value == "//conditions:default" {
				return names(kv.Value)
			}
		}
	}
	return nil
}

// linked is without what the builder does not start: the prefix of the labels of
// std's packages, for the queries of editors.
const linked = "-X main.rulesGoStdlibPrefix=@rules_go//stdlib:"

// compile compiles a command whose files the go command is told to see in a
// directory of this module.
func compile(name string, files map[string]string) error {
	if len(files) == 0 {
		return errors.New("rules_go has no sources of " + filepath.Base(name))
	}
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	var overlay struct{ Replace map[string]string }
	overlay.Replace = make(map[string]string)
	for base, file := range files {
		overlay.Replace[filepath.Join(here, filepath.Base(name), base)] = file
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		return err
	}
	if err := os.WriteFile(name+".json", data, 0o666); err != nil {
		return err
	}
	_, err = output("go", "build", "-mod=readonly", "-overlay", name+".json", "-ldflags", linked, "-o", name, "./"+filepath.Base(name))
	return err
}

func output(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s %s: %v\n%s", filepath.Base(name), strings.Join(args, " "), err, &stderr)
	}
	return strings.TrimSpace(string(out)), nil
}
