// Package sarama is as much of the real one as the fixtures need.
package sarama

import "time"

type RecordHeader struct{ Key, Value []byte }

type ConsumerMessage struct {
	Headers    []*RecordHeader
	Timestamp  time.Time
	Key, Value []byte
	Topic      string
	Partition  int32
	Offset     int64
}

type ConsumerGroupClaim interface {
	Topic() string
	Partition() int32
	Messages() <-chan *ConsumerMessage
}

type ConsumerGroupSession interface {
	MarkMessage(msg *ConsumerMessage, metadata string)
}
