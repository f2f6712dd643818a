package libs

import (
	"io"

	"github.com/klauspost/compress/zstd"
)

func head(r io.Reader, p []byte) (int, error) {
	dec, err := zstd.NewReader(r) // want `^decoder from zstd\.NewReader is never closed: the function returns at line \d+$`
	if err != nil {
		return 0, err
	}
	return io.ReadFull(dec, p)
}

// whole decodes a piece: there is no stream that goroutines read ahead in.
func whole(p []byte) ([]byte, error) {
	dec, err := zstd.NewReader(nil)
	if err != nil {
		return nil, err
	}
	return dec.DecodeAll(p, nil)
}
