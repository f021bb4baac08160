package kafka

import (
	"errors"

	"github.com/segmentio/kafka-go"

	"doorstroom/pipelines/warehouse"
)

// lasting are answers of Kafka that stay the same until somebody changes something there, and what that is.
var lasting = map[kafka.Error]string{
	kafka.MessageSizeTooLarge: "set max.message.bytes of the topic, or message.max.bytes of the brokers, to 1000012 or more",
	kafka.RecordListTooLarge:  "set segment.bytes of the topic to more than 1000012",
	kafka.TopicAuthorizationFailed: "the user of DOORSTROOM_KAFKA_USER needs ACLs for Read, Write, Describe, DescribeConfigs, Create, Delete and Alter on topics that begin with doorstroom " +
		"(Delete for 'retain' and 'erase')",
	kafka.GroupAuthorizationFailed:   "the user of DOORSTROOM_KAFKA_USER needs ACLs for Read and Describe on consumer groups that begin with doorstroom",
	kafka.ClusterAuthorizationFailed: "the user of DOORSTROOM_KAFKA_USER needs the ACL for Create on the cluster, or make the topics for it",
	kafka.SASLAuthenticationFailed:   "set DOORSTROOM_KAFKA_USER and DOORSTROOM_KAFKA_PASSWORD",
	kafka.UnsupportedSASLMechanism:   "set DOORSTROOM_KAFKA_SASL to a mechanism that the brokers have",
	kafka.InvalidReplicationFactor:   "set DOORSTROOM_KAFKA_REPLICATION to no more than there are brokers",
	kafka.PolicyViolation:            "the brokers have a policy for topics: make them as it wants, or set DOORSTROOM_KAFKA_REPLICATION",
	kafka.InvalidPartitionNumber:     "the brokers do not allow so many partitions: make the topics by hand",
	kafka.InvalidConfiguration:       "the brokers do not allow the retention of the topic: make it by hand",
	kafka.UnsupportedVersion:         "use Apache Kafka 2.1 or newer",
}

// Lasting tells an error of Kafka or ClickHouse that no second try overcomes, with what does.
func Lasting(err error) (fix string, yes bool) {
	var code kafka.Error
	if errors.As(err, &code) {
		fix, yes = lasting[code]
		return fix, yes
	}
	return warehouse.Lasting(err)
}
