package unit

import (
	"crypto/sha256"
	"encoding/hex"
	"flag"
	"fmt"
	"os"
	"strings"

	"github.com/leakvet/leakvet/internal/leakconfig"
)

// The command says long table rows by their digest, in a flag, and where to
// read them, in a variable. The go command's caches know the flag alone: the
// same rows have the same key wherever they lie.
const (
	TablesFlag = "leakconfig.tables"
	TablesVar  = "LEAKVET_TABLES"
)

// Digest returns what stands for a text in TablesFlag.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return leakconfig.DigestMark + hex.EncodeToString(sum[:])
}

// resolveTables replaces a digest in TablesFlag by the rows that it stands for.
func resolveTables(f *flag.Flag) error {
	if f == nil || !strings.HasPrefix(f.Value.String(), leakconfig.DigestMark) {
		return nil
	}
	file := os.Getenv(TablesVar)
	if file == "" {
		return fmt.Errorf("-%s is a digest, and %s does not say where the rows are", TablesFlag, TablesVar)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("the rows of -%s: %v", TablesFlag, err)
	}
	if got := Digest(string(data)); got != f.Value.String() {
		return fmt.Errorf("%s does not hold the rows of -%s: they are %s", file, TablesFlag, got)
	}
	return f.Value.Set(string(data))
}
