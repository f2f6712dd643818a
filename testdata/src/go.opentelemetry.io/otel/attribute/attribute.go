// Package attribute is as much of the real one as the fixtures need.
package attribute

import "fmt"

type Key string

type Value struct {
	text   string
	number uint64
}

type KeyValue struct {
	Key   Key
	Value Value
}

func Bool(k string, v bool) KeyValue             { return KeyValue{} }
func Int(k string, v int) KeyValue               { return KeyValue{} }
func Int64(k string, v int64) KeyValue           { return KeyValue{} }
func String(k, v string) KeyValue                { return KeyValue{} }
func StringSlice(k string, v []string) KeyValue  { return KeyValue{} }
func Stringer(k string, v fmt.Stringer) KeyValue { return KeyValue{} }
func (k Key) Bool(v bool) KeyValue               { return KeyValue{} }
func (k Key) Int(v int) KeyValue                 { return KeyValue{} }
func (k Key) Int64(v int64) KeyValue             { return KeyValue{} }
func (k Key) String(v string) KeyValue           { return KeyValue{} }
func StringValue(v string) Value                 { return Value{} }
func (v Value) AsString() string                 { return v.text }

type Set struct{}

func NewSet(kvs ...KeyValue) Set   { return Set{} }
func (s *Set) ToSlice() []KeyValue { return nil }
