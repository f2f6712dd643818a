package respbody_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/go/analysis/analysistest"

	"github.com/leakvet/leakvet/analyzers/respbody"
)

func TestRespbody(t *testing.T) {
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.Run(t, testdata, respbody.Analyzer, "respbody/a", "respbody/ok", "respbody/cross/app", "respbody/clients")
}

func TestFixes(t *testing.T) {
	testdata, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	analysistest.RunWithSuggestedFixes(t, testdata, respbody.Analyzer, "respbody/fix")
}
