// Package analyzers lists the suite.
package analyzers

import (
	"golang.org/x/tools/go/analysis"

	"github.com/leakvet/leakvet/analyzers/cancelleak"
	"github.com/leakvet/leakvet/analyzers/connconf"
	"github.com/leakvet/leakvet/analyzers/ctxblock"
	"github.com/leakvet/leakvet/analyzers/ctxdrop"
	"github.com/leakvet/leakvet/analyzers/errcache"
	"github.com/leakvet/leakvet/analyzers/labelcard"
	"github.com/leakvet/leakvet/analyzers/leakdirective"
	"github.com/leakvet/leakvet/analyzers/mapgrow"
	"github.com/leakvet/leakvet/analyzers/resclose"
	"github.com/leakvet/leakvet/analyzers/respbody"
	"github.com/leakvet/leakvet/analyzers/timerleak"
	"github.com/leakvet/leakvet/internal/leakconfig"
)

// Rules returns the analyzers that report, sorted by name.
func Rules() []*analysis.Analyzer {
	return []*analysis.Analyzer{
		cancelleak.Analyzer,
		connconf.Analyzer,
		ctxblock.Analyzer,
		ctxdrop.Analyzer,
		errcache.Analyzer,
		labelcard.Analyzer,
		leakdirective.Analyzer,
		mapgrow.Analyzer,
		resclose.Analyzer,
		respbody.Analyzer,
		timerleak.Analyzer,
	}
}

// All returns what a driver registers: the rules and the analyzer that
// carries their settings.
func All() []*analysis.Analyzer {
	return append([]*analysis.Analyzer{leakconfig.Analyzer}, Rules()...)
}
