package a

import "os"

// A helper that only calls back leaves it to its caller.

func useFile(f *os.File, use func() error) error {
	println(f.Name())
	return use()
}

func countsWith(name string) (n int, err error) {
	f, err := os.Open(name) // want `^file from os\.Open is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	err = useFile(f, func() error {
		n++
		return nil
	})
	return n, err
}

// A flag that says something else says nothing of the file.

func openAndTell(name string) (*os.File, bool, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, false, err
	}
	return f, len(name) > 3, nil
}

func sizeIfLong(name string) (int64, error) {
	f, long, err := openAndTell(name) // want `^file from openAndTell is not closed when the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	if !long {
		return -1, nil
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return st.Size(), nil
}
