package schemas

import (
	"cmp"
	"time"
)

// Topic is a Kafka topic with what it must be created with.
type Topic struct {
	Name       string
	Partitions int
	Retention  time.Duration
	// Key says what messages are keyed by.
	Key string
}

// Topics that are not those of a record.
const (
	ControlTopic    = "doorstroom.control"
	QuarantineTopic = "doorstroom.quarantine"
	SlicesTopic     = "doorstroom.slices"
)

// PlaceMark is the value of a message that holds no record: a partition whose records were let go keeps one, so that its
// offsets go on. Readers pass it over.
const PlaceMark = "doorstroom: records before this were let go"

// retention is how long the log keeps records: the raw tables are the memory,
// the log is the way to them and the way to load them again soon after.
const retention = 7 * 24 * time.Hour

// Topics lists every topic of the program.
func Topics() []Topic {
	topics := []Topic{
		{Name: ControlTopic, Partitions: 1, Retention: 90 * 24 * time.Hour, Key: "supplier and delivery_id"},
		{Name: QuarantineTopic, Partitions: 1, Retention: retention, Key: "load_id"},
		{Name: SlicesTopic, Partitions: 8, Retention: 24 * time.Hour, Key: "slice number"},
	}
	for _, r := range Records {
		partitions := cmp.Or(r.Partitions, 2)
		topics = append(topics, Topic{Name: r.Topic(), Partitions: partitions, Retention: retention, Key: "pseudonym_b, else pseudonym_v, else record_id"})
	}
	return topics
}

// LoadedTopics are those that end in raw tables: one per record, and the quarantine.
func LoadedTopics() []string {
	topics := []string{QuarantineTopic}
	for _, r := range Records {
		topics = append(topics, r.Topic())
	}
	return topics
}
