package ok

import "os"

// Which element of an array is meant is not known: one loop fills it, another
// closes all.

func filledSlice(names []string) error {
	files := make([]*os.File, 3)
	for i := range files {
		f, err := os.Open(names[i])
		if err != nil {
			panic(err)
		}
		files[i] = f
	}
	for _, f := range files {
		f.Close()
	}
	return nil
}

func filledArray(names []string, use func(*os.File)) error {
	var files [3]*os.File
	defer func() {
		for _, f := range files {
			if f != nil {
				f.Close()
			}
		}
	}()
	for i := range files {
		f, err := os.Open(names[i])
		if err != nil {
			return err
		}
		files[i] = f
	}
	for _, f := range files {
		use(f)
	}
	return nil
}

type numbered struct {
	n    int
	file *os.File
}

func filledRecords(names []string) {
	const most = 8
	records := make([]numbered, most)
	for i := range most {
		f, err := os.Open(names[i])
		if err != nil {
			panic(err)
		}
		records[i] = numbered{n: i, file: f}
	}
	for _, r := range records {
		r.file.Close()
	}
}
