package kafka

import (
	"context"
	"errors"
	"sync"

	"github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/protocol"
)

// deleteRecords lets go of the messages of one partition before an offset.
func deleteRecords(ctx context.Context, client *kafka.Client, topic string, partition int32, end int64) error {
	answer, err := client.Transport.RoundTrip(ctx, client.Addr, &deleteRecordsRequest{
		Topics:    []deleteRecordsTopic{{Name: topic, Partitions: []deleteRecordsPartition{{Index: partition, Offset: end}}}},
		TimeoutMs: int32(RequestTimeout.Milliseconds()),
	})
	if err != nil {
		return err
	}
	response, ok := answer.(*deleteRecordsResponse)
	if !ok || len(response.Topics) != 1 || len(response.Topics[0].Partitions) != 1 {
		return errors.New("the broker's answer is about something else")
	}
	if code := response.Topics[0].Partitions[0].ErrorCode; code != 0 {
		return kafka.Error(code)
	}
	return nil
}

// kafka-go does not know DeleteRecords, but lets a program tell it of a request:
// https://kafka.apache.org/protocol#The_Messages_DeleteRecords, version 1.
var registerDeleteRecords = sync.OnceFunc(func() { protocol.Register(&deleteRecordsRequest{}, &deleteRecordsResponse{}) })

type deleteRecordsRequest struct {
	Topics    []deleteRecordsTopic `kafka:"min=v0,max=v1"`
	TimeoutMs int32                `kafka:"min=v0,max=v1"`
}

type deleteRecordsTopic struct {
	Name       string                   `kafka:"min=v0,max=v1"`
	Partitions []deleteRecordsPartition `kafka:"min=v0,max=v1"`
}

type deleteRecordsPartition struct {
	Index  int32 `kafka:"min=v0,max=v1"`
	Offset int64 `kafka:"min=v0,max=v1"`
}

// ApiKey implements protocol.Message.
func (*deleteRecordsRequest) ApiKey() protocol.ApiKey { return protocol.DeleteRecords } //nolint:revive,staticcheck // the name is kafka-go's

// Broker implements protocol.BrokerMessage: the leader of the one partition.
func (r *deleteRecordsRequest) Broker(cluster protocol.Cluster) (protocol.Broker, error) {
	t := r.Topics[0]
	leader, ok := cluster.Brokers[cluster.Topics[t.Name].Partitions[t.Partitions[0].Index].Leader]
	if !ok {
		return protocol.Broker{ID: -1}, kafka.LeaderNotAvailable
	}
	return leader, nil
}

type deleteRecordsResponse struct {
	ThrottleTimeMs int32                       `kafka:"min=v0,max=v1"`
	Topics         []deleteRecordsTopicOutcome `kafka:"min=v0,max=v1"`
}

type deleteRecordsTopicOutcome struct {
	Name       string                          `kafka:"min=v0,max=v1"`
	Partitions []deleteRecordsPartitionOutcome `kafka:"min=v0,max=v1"`
}

type deleteRecordsPartitionOutcome struct {
	Index        int32 `kafka:"min=v0,max=v1"`
	LowWatermark int64 `kafka:"min=v0,max=v1"`
	ErrorCode    int16 `kafka:"min=v0,max=v1"`
}

// ApiKey implements protocol.Message.
func (*deleteRecordsResponse) ApiKey() protocol.ApiKey { return protocol.DeleteRecords } //nolint:revive,staticcheck // the name is kafka-go's
