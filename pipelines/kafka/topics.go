package kafka

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// maxMessageBytes is the limit of topics that are made: Kafka's own, which brokers may have another default for.
const maxMessageBytes = 1_048_588

// EnsureTopics makes the topics of the program that are not there yet, with their partitions and retention.
// One that is there stays as it is, unless it has fewer partitions than the program counts on, which is an error, as it is
// when a broker does not answer where Kafka says that it is. Its error is a NotReadyError.
func EnsureTopics(ctx context.Context, k Cluster) error {
	err := again(ctx, func(ctx context.Context) error { return ensureTopics(ctx, k) })
	if err == nil {
		err = reachBrokers(ctx, k)
	}
	if err != nil {
		return &NotReadyError{err}
	}
	return nil
}

func ensureTopics(ctx context.Context, k Cluster) error {
	client, closeIdle := k.Client()
	defer closeIdle()
	there, err := PartitionsOf(ctx, client)
	if err != nil {
		return err
	}
	var missing []kafka.TopicConfig
	for _, t := range schemas.Topics() {
		switch n := there[t.Name]; {
		case n == 0:
			missing = append(missing, topicConfig(t, max(k.Replication, 1)))
		case n < t.Partitions:
			return tooFew(t, n)
		}
	}
	return makeTopics(ctx, client, missing, false)
}

// makeTopics makes topics, or only asks whether it may.
func makeTopics(ctx context.Context, client *kafka.Client, topics []kafka.TopicConfig, onlyAsk bool) error {
	if len(topics) == 0 {
		return nil
	}
	response, err := client.CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: topics, ValidateOnly: onlyAsk})
	if err != nil {
		return fmt.Errorf("making Kafka topics: %w", err)
	}
	for topic, err := range response.Errors {
		if err != nil && !errors.Is(err, kafka.TopicAlreadyExists) {
			return fmt.Errorf("making Kafka topic %s: %w", topic, err)
		}
	}
	return nil
}

func tooFew(t schemas.Topic, n int) error {
	return fmt.Errorf("topic %s has %d partitions and needs %d: add partitions to it, or remove it and let doorstroom make it", t.Name, n, t.Partitions)
}

func topicConfig(t schemas.Topic, replication int) kafka.TopicConfig {
	return kafka.TopicConfig{
		Topic: t.Name, NumPartitions: t.Partitions, ReplicationFactor: replication,
		ConfigEntries: []kafka.ConfigEntry{
			{ConfigName: "retention.ms", ConfigValue: strconv.FormatInt(t.Retention.Milliseconds(), 10)},
			{ConfigName: "cleanup.policy", ConfigValue: "delete"},
			{ConfigName: "max.message.bytes", ConfigValue: strconv.Itoa(maxMessageBytes)},
		},
	}
}

// PartitionsOf counts the partitions of every topic that is there.
func PartitionsOf(ctx context.Context, client *kafka.Client) (map[string]int, error) {
	meta, err := client.Metadata(ctx, &kafka.MetadataRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking Kafka at %s for its topics; start it, or set DOORSTROOM_KAFKA_BROKERS: %w", client.Addr, err)
	}
	counts := make(map[string]int, len(meta.Topics))
	for _, t := range meta.Topics {
		if t.Error == nil {
			counts[t.Name] = len(t.Partitions)
		}
	}
	return counts, nil
}
