// Command all is the tools of the other directories as one vet tool, to collect
// their findings in one run.
package main

import (
	"github.com/golangci/rowserrcheck/passes/rowserr"
	"github.com/kkHAIKE/contextcheck"
	sqlclosecheck "github.com/ryanrolds/sqlclosecheck/pkg/analyzer"
	"github.com/sonatard/noctx"
	"github.com/timakin/bodyclose/passes/bodyclose"
	fatcontext "go.augendre.info/fatcontext/pkg/analyzer"
	"golang.org/x/tools/go/analysis/passes/lostcancel"
	"golang.org/x/tools/go/analysis/unitchecker"

	"honnef.co/go/tools/staticcheck/sa1015"
	"honnef.co/go/tools/staticcheck/sa5001"
	"honnef.co/go/tools/staticcheck/sa5003"
	"honnef.co/go/tools/staticcheck/sa9001"
)

func main() {
	unitchecker.Main(
		bodyclose.Analyzer,
		contextcheck.NewAnalyzer(contextcheck.Configuration{}),
		fatcontext.NewAnalyzer(),
		lostcancel.Analyzer,
		noctx.Analyzer,
		rowserr.NewAnalyzer("github.com/jmoiron/sqlx"),
		sqlclosecheck.NewAnalyzer(),
		sa1015.Analyzer, sa5001.Analyzer, sa5003.Analyzer, sa9001.Analyzer,
	)
}
