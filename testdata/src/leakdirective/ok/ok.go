// Package ok holds comments that do what they say, and prose.
//
// leakvet:ignore rule reason is how a line is ignored:
//
//	f, err := os.Open(name) //leakvet:ignore nosuch reason
package ok

import "os"

//leakvet:ignore-file timerleak,respbody nothing here is long-lived

func open(name string) {
	f, _ := os.Open(name) //leakvet:ignore resclose the file is inherited
	_ = f

	//leakvet:ignore resclose,respbody the file is inherited // see above
	_ = f

	// leakvet:owns is no directive with a blank, and this is prose
	_ = f

	/*leakvet:ingore is prose, too*/
	_ = f

	//leakvets:ignore is somebody else's
	_ = "//leakvet:ignore nosuch reason"
}
