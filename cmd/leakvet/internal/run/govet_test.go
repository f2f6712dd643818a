package run

import "testing"

func TestDownloadsAreNoProblem(t *testing.T) {
	const stderr = `go: downloading example.com/m v1.2.3
# example.com/p
p/p.go:3:5: undefined: x
go: updates to go.mod needed
`
	const want = `# example.com/p
p/p.go:3:5: undefined: x
go: updates to go.mod needed
`
	if got := withoutProgress(stderr); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
