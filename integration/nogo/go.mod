module golang.org/x/tools/leakvet/nogo

go 1.26.0

replace github.com/leakvet/leakvet => ../..

require (
	github.com/aymanbagabas/go-udiff v0.4.1
	github.com/bazelbuild/buildtools v0.0.0-20260904073137-eaa4d125b423
	github.com/bazelbuild/rules_go v0.65.0
	github.com/leakvet/leakvet v0.0.0
)

require golang.org/x/tools v0.52.0
