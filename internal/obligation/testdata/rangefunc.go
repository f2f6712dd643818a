package rangefunc

import "os"

func borrow(any) {}

func seq(yield func(string) bool) {}

// WANT: done
func each() {
	for name := range seq {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		f.Close()
	}
}

// WANT: done, open@5
func returns() error {
	for name := range seq {
		f, err := os.Open(name)
		if err == nil {
			if name == "" {
				return nil
			}
			f.Close()
		}
	}
	return nil
}

// WANT: done, open@11, overwritten@2
func continues() {
	for name := range seq {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		if name == "" {
			continue
		}
		f.Close()
	}
}

// WANT: done, open@11
func breaks() {
	for name := range seq {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		if name == "" {
			break
		}
		f.Close()
	}
}

// WANT: deferloop@6, done
func defers() {
	for name := range seq {
		f, err := os.Open(name)
		if err != nil {
			return
		}
		defer f.Close()
	}
}

// WANT: done
func defersAndLeaves() {
	for name := range seq {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		break
	}
	borrow(1)
}

// WANT: returned 0
func found() *os.File {
	for name := range seq {
		if f, err := os.Open(name); err == nil {
			return f
		}
	}
	return nil
}

// WANT: done
func keptOutside() {
	var f *os.File
	for name := range seq {
		var err error
		if f, err = os.Open(name); err == nil {
			break
		}
	}
	if f != nil {
		f.Close()
	}
}

// WANT: done
func openedBefore(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	for range seq {
		borrow(f)
	}
	f.Close()
}

// WANT: done, open@7
func openedBeforeLeft(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	for s := range seq {
		if s == "" {
			return
		}
	}
	f.Close()
}

// WANT: done
func nested() {
outer:
	for a := range seq {
		for b := range seq {
			f, err := os.Open(a + b)
			if err != nil {
				continue outer
			}
			f.Close()
			if b == "" {
				break outer
			}
		}
	}
}
