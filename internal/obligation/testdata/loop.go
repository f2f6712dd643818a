package loop

import "os"

func borrow(any) {}

// WANT: done
func each(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		f.Close()
	}
	return nil
}

// WANT: done, open@11, overwritten@2
func continues(names []string) {
	for _, name := range names {
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

// WANT: done, open@9
func breaks(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil || name == "" {
			break
		}
		f.Close()
	}
	borrow(names)
}

// WANT: deferloop@6, done
func defers(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
	}
	return nil
}

// WANT: done
func defersOnceFound(names []string) {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			continue
		}
		defer f.Close()
		borrow(f)
		return
	}
}

// WANT: done, overwritten@3
func retries(name string) {
	var f *os.File
	for range 3 {
		f, _ = os.Open(name)
		if f != nil && f.Sync() == nil {
			break
		}
	}
	f.Close()
}

// WANT: done
func retriesWell(name string) (err error) {
	var f *os.File
	for range 3 {
		if f, err = os.Open(name); err == nil {
			break
		}
	}
	if err != nil {
		return err
	}
	return f.Close()
}

// WANT: passed@6
func collects(names []string) (all []*os.File) {
	for _, name := range names {
		if f, err := os.Open(name); err == nil {
			all = append(all, f)
		}
	}
	return all
}

// WANT: done
func closesEarlier(names []string) {
	var last *os.File
	for _, name := range names {
		if last != nil {
			last.Close()
		}
		last, _ = os.Open(name)
	}
	if last != nil {
		last.Close()
	}
}

// WANT: done
func perRun(names []string) {
	for _, name := range names {
		func() {
			f, err := os.Open(name)
			if err != nil {
				return
			}
			defer f.Close()
			borrow(f)
		}()
	}
}

// WANT: done, overwritten@8
func defersLastOnly(name string) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	for range 3 {
		if f, err = os.Open(name); err == nil && f.Sync() == nil {
			break
		}
	}
	return err
}

// WANT: done, overwritten@9
func defersLastOfSome(names []string) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	for _, name := range names {
		if name != "" {
			if f, err = os.Open(name); err != nil {
				return err
			}
		} else if err := f.Sync(); err != nil {
			return err
		}
	}
	return nil
}

type piece struct {
	name string
	data []byte
}

// WANT: done, overwritten@9
func defersLastPiece(pieces <-chan piece) (err error) {
	var f *os.File
	defer func() {
		if f != nil {
			f.Close()
		}
	}()
	for p := range pieces {
		if p.name != "" {
			if f, err = os.Open(p.name); err != nil {
				return err
			}
		} else if _, err := f.Write(p.data); err != nil {
			return err
		}
	}
	return nil
}

// The defer serves the early returns only.
// WANT: done
func defersForReturns(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if name == "" {
			return os.ErrInvalid
		}
		f.Close()
	}
	return nil
}

// WANT: deferloop@6, done
func defersAndClosesSome(names []string) error {
	for _, name := range names {
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		if name != "" {
			f.Close()
		}
	}
	return nil
}
