// Command schema writes the JSON schema of .leakvet.yaml, for editors, into
// the file that is its argument.
package main

import (
	"encoding/json"
	"log"
	"os"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"

	"github.com/leakvet/leakvet/analyzers"
	"github.com/leakvet/leakvet/internal/configfile"
)

//go:generate go run . ../../internal/configfile/schema.json

func main() {
	log.SetFlags(0)
	if len(os.Args) != 2 {
		log.Fatal("usage: schema file")
	}
	data, err := schema()
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(os.Args[1], data, 0o666); err != nil {
		log.Fatal(err)
	}
}

// schema returns the schema of configfile.Config.
func schema() ([]byte, error) {
	r := &jsonschema.Reflector{
		Anonymous: true, ExpandedStruct: true, DoNotReference: true,
		AllowAdditionalProperties: false,
	}
	s := r.ReflectFromType(reflect.TypeFor[configfile.Config]())
	s.ID = "https://raw.githubusercontent.com/leakvet/leakvet/main/internal/configfile/schema.json"
	s.Title = configfile.Name
	s.Description = "what leakvet looks for in a project"
	nameRules(s)
	if overrides, ok := s.Properties.Get("overrides"); ok {
		nameRules(overrides.Items)
	}
	data, err := json.MarshalIndent(s, "", "  ")
	if err != nil {
		return nil, err
	}
	return append(data, '\n'), nil
}

// nameRules lets the keys of rules be the names of rules only.
func nameRules(s *jsonschema.Schema) {
	rules, ok := s.Properties.Get("rules")
	if !ok {
		return
	}
	// The library does not hand on what a map's values may be.
	value := &jsonschema.Schema{Type: "string"}
	for _, v := range configfile.RuleSettings() {
		value.Enum = append(value.Enum, v)
	}
	rules.Properties = jsonschema.NewProperties()
	names := []string{configfile.AllRules}
	for _, a := range analyzers.Rules() {
		names = append(names, a.Name)
	}
	slices.Sort(names[1:])
	for _, name := range names {
		rules.Properties.Set(name, value)
	}
	rules.AdditionalProperties = jsonschema.FalseSchema
}
