// Package a holds comments that are no directives, or do nothing.
package a

import "os"

func misspelt(name string) {
	f, _ := os.Open(name) //leakvet:ignore resclos the file is inherited // want `^unknown rule resclos in leakvet:ignore \(did you mean resclose\?\)$`
	_ = f

	//leakvet:ignore bodyclose the file is inherited // want `^unknown rule bodyclose in leakvet:ignore$`
	_ = f

	//leakvet:ignore resclose,respbdy the file is inherited // want `^unknown rule respbdy in leakvet:ignore \(did you mean respbody\?\)$`
	_ = f

	//leakvet:ignore RespBody the file is inherited // want `unknown rule RespBody in leakvet:ignore \(did you mean respbody\?\)`
	_ = f
}

func incomplete(name string) {
	f, _ := os.Open(name) //leakvet:ignore resclose // want `^leakvet:ignore resclose silences nothing: it gives no reason$`
	_ = f

	//leakvet:ignore // want `^leakvet:ignore silences nothing: it names no rule$`
	_ = f

	//leakvet:ignore resclose, respbody the file is inherited // want `^leakvet:ignore names rules with commas and without blanks: rule,rule reason$`
	_ = f

	//leakvet:ignore resclose,resclose the file is inherited // want `^leakvet:ignore names resclose twice$`
	_ = f

	//leakvet:ignore leakdirective I know // want `^leakvet:ignore cannot silence leakdirective: correct the comment that it reports$`
	_ = f

	//leakvet:ignore the file is inherited // want `^unknown rule the in leakvet:ignore$`
	_ = f
}

//leakvet:ignore-file resclose // want `^leakvet:ignore-file resclose silences nothing: it gives no reason$`

//leakvet:ignore-file rescloze they are inherited // want `^unknown rule rescloze in leakvet:ignore-file \(did you mean resclose\?\)$`

func words(name string) {
	//leakvet:ingore resclose the file is inherited // want `^unknown directive leakvet:ingore \(did you mean leakvet:ignore\?\)$`
	f, _ := os.Open(name)

	//leakvet:ignorefile resclose they are inherited // want `^unknown directive leakvet:ignorefile \(did you mean leakvet:ignore-file\?\)$`
	_ = f

	//leakvet:nolint // want `^unknown directive leakvet:nolint$`
	_ = f

	//leakvet:ignoreallthefindingsthatthereareinthisfile // want `^unknown directive leakvet:ignoreallthefindingsthattherea…$`
	_ = f

	//leakvet: ignore resclose the file is inherited // want `^leakvet: must be followed by a directive, without a blank$`
	_ = f

	// leakvet:ignore resclose the file is inherited // want `^leakvet:ignore does nothing with a blank behind the slashes$`
	_ = f

	// leakvet:ignore-file resclose they are inherited // want `^leakvet:ignore-file does nothing with a blank behind the slashes$`
	_ = f
}
