package contract_test

import (
	"strings"
	"testing"

	"github.com/leakvet/leakvet/internal/contract"
)

func TestParseComment(t *testing.T) {
	for _, test := range []struct {
		text string
		want contract.Comment
		ok   bool
	}{
		{"//leakvet:ignore respbody it is closed", contract.Comment{Word: "ignore", Args: "respbody it is closed", End: 38}, true},
		{"//leakvet:ignore", contract.Comment{Word: "ignore", End: 16}, true},
		{"//leakvet:", contract.Comment{End: 10}, true},
		{"//leakvet:  owns r", contract.Comment{Args: "owns r", End: 18}, true},
		{"// leakvet:ignore respbody x", contract.Comment{Word: "ignore", Args: "respbody x", Blank: true, End: 28}, true},
		{"//\tleakvet:owns\tr", contract.Comment{Word: "owns", Args: "r", Blank: true, End: 17}, true},
		{"//leakvet:owns r // it says so", contract.Comment{Word: "owns", Args: "r", End: 16}, true},
		{"//leakvet:ignore respbody see https://example.com/1", contract.Comment{Word: "ignore", Args: "respbody see https://example.com/1", End: 51}, true},
		{"//leakvet:// x", contract.Comment{Word: "//", Args: "x", End: 14}, true},
		{"// see leakvet:ignore", contract.Comment{}, false},
		{"//leakvet", contract.Comment{}, false},
		{"/*leakvet:owns r*/", contract.Comment{}, false},
		{"", contract.Comment{}, false},
	} {
		got, ok := contract.ParseComment(test.text)
		if got != test.want || ok != test.ok {
			t.Errorf("%q: got %+v, %v", test.text, got, ok)
		}
	}
}

func TestIgnore(t *testing.T) {
	for _, test := range []struct {
		text   string
		rules  string
		reason string
		file   bool
	}{
		{"//leakvet:ignore respbody it is closed", "respbody", "it is closed", false},
		{"//leakvet:ignore-file respbody,resclose\tit is closed", "respbody resclose", "it is closed", true},
		{"//leakvet:ignore respbody, resclose", "respbody ", "resclose", false},
		{"//leakvet:ignore respbody // it is closed", "respbody", "", false},
		{"//leakvet:ignore", "", "", false},
	} {
		c, _ := contract.ParseComment(test.text)
		i, ok := c.Ignore()
		if !ok || strings.Join(i.Rules, " ") != test.rules || i.Reason != test.reason || i.WholeFile() != test.file {
			t.Errorf("%q: got %+v, %v", test.text, i, ok)
		}
	}
	if _, ok := (contract.Comment{Word: "owns"}).Ignore(); ok {
		t.Error("owns ignores something")
	}
}

func FuzzParseComment(f *testing.F) {
	for _, s := range []string{"//leakvet:ignore respbody x", "// leakvet:ignore-file a,b // c", "//leakvet:", "//leakvet: //", "//leakvet:owns r,s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, ok := contract.ParseComment(text)
		if !ok {
			return
		}
		if int(c.End) > len(text) || strings.ContainsAny(c.Word, " \t") {
			t.Errorf("%q: got %+v", text, c)
		}
		if i, ok := c.Ignore(); ok && len(i.Rules) == 0 && i.Reason != "" {
			t.Errorf("%q: got %+v", text, i)
		}
	})
}
