package unit

import (
	"bytes"
	"encoding"
	"encoding/gob"
	"reflect"

	"golang.org/x/tools/go/analysis"
)

// encodeFact returns a fact's bytes: its own encoding if it has one, since
// gob describes the type anew in every message.
func encodeFact(f analysis.Fact) ([]byte, error) {
	if _, ok := f.(encoding.BinaryUnmarshaler); ok {
		switch f := f.(type) {
		case encoding.BinaryAppender:
			return f.AppendBinary(nil)
		case encoding.BinaryMarshaler:
			return f.MarshalBinary()
		}
	}
	var buf bytes.Buffer
	err := gob.NewEncoder(&buf).EncodeValue(reflect.ValueOf(f).Elem())
	return buf.Bytes(), err
}

// decodeFact reads a fact of the given pointer type.
func decodeFact(kind reflect.Type, data []byte) (analysis.Fact, error) {
	v := reflect.New(kind.Elem())
	f := v.Interface().(analysis.Fact)
	if u, ok := f.(encoding.BinaryUnmarshaler); ok && hasOwnEncoding(f) {
		if err := u.UnmarshalBinary(data); err != nil {
			return nil, err
		}
		return f, nil
	}
	if err := gob.NewDecoder(bytes.NewReader(data)).DecodeValue(v); err != nil {
		return nil, err
	}
	return f, nil
}

func hasOwnEncoding(f analysis.Fact) bool {
	switch f.(type) {
	case encoding.BinaryAppender, encoding.BinaryMarshaler:
		return true
	}
	return false
}
