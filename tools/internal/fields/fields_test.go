package fields

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestRead(t *testing.T) {
	name := filepath.Join(t.TempDir(), "rows.txt")
	if err := os.WriteFile(name, []byte("# head\na  b\n\n  # more\nc\td\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var got []string
	err := Read(name, func(columns []string) error {
		got = append(got, columns...)
		if columns[0] == "c" {
			return errors.New("no c")
		}
		return nil
	})
	if want := name + ":5: no c"; err == nil || err.Error() != want {
		t.Errorf("error %v, want %s", err, want)
	}
	if len(got) != 4 || got[0] != "a" || got[3] != "d" {
		t.Errorf("got %q", got)
	}
	if err := Read(name+".none", nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v of a file that is not there", err)
	}
}
