package kafka

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/segmentio/kafka-go"

	"doorstroom/schemas"
)

// ErrAdvertised says that brokers cannot be reached at the addresses that Kafka gives for them.
var ErrAdvertised = errors.New("no broker answers at the addresses that Kafka tells its clients")

// advertisedPatience is how long a broker that leads a partition may be away before its address is taken to be wrong: one that
// died no longer leads by then.
const advertisedPatience = 15 * time.Second

// Brokers dials every broker at the address that Kafka gives for it, and lists those addresses.
func Brokers(ctx context.Context, k Cluster) (addresses []string, err error) {
	client, closeIdle := k.Client()
	defer closeIdle()
	meta, err := client.Metadata(ctx, &kafka.MetadataRequest{})
	if err != nil {
		return nil, fmt.Errorf("asking Kafka at %s for its brokers; start it, or set DOORSTROOM_KAFKA_BROKERS: %w", client.Addr, err)
	}
	var dead []string
	for _, b := range meta.Brokers {
		address := net.JoinHostPort(b.Host, strconv.Itoa(b.Port))
		addresses = append(addresses, address)
		conn, err := k.Dialer().DialContext(ctx, "tcp", address)
		if err != nil {
			dead = append(dead, fmt.Sprintf("broker %d at %s (%v)", b.ID, address, err))
			continue
		}
		_ = conn.Close() // nothing was said over it
	}
	if len(dead) > 0 {
		return addresses, fmt.Errorf("%w: %s; set advertised.listeners of these brokers to addresses that this machine reaches, or start them",
			ErrAdvertised, strings.Join(dead, "; "))
	}
	return addresses, nil
}

// reachBrokers waits until all brokers answer, for as long as one may be on its way back.
func reachBrokers(ctx context.Context, k Cluster) error {
	for began := time.Now(); ; {
		_, err := Brokers(ctx, k)
		if !errors.Is(err, ErrAdvertised) || time.Since(began) > advertisedPatience {
			return err
		}
		Rest(ctx, time.Second)
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// Topics tells which topics of the program are to be made, and fails when Kafka would not have them made, or when one that is
// there does not fit: it has too few partitions, or takes no message as large as the program's. It makes none.
func Topics(ctx context.Context, k Cluster) (missing []string, err error) {
	client, closeIdle := k.Client()
	defer closeIdle()
	there, err := PartitionsOf(ctx, client)
	if err != nil {
		return nil, err
	}
	var lacking []kafka.TopicConfig
	request := &kafka.DescribeConfigsRequest{}
	for _, t := range schemas.Topics() {
		switch n := there[t.Name]; {
		case n == 0:
			missing, lacking = append(missing, t.Name), append(lacking, topicConfig(t, max(k.Replication, 1)))
		case n < t.Partitions:
			return missing, tooFew(t, n)
		default:
			request.Resources = append(request.Resources, kafka.DescribeConfigRequestResource{
				ResourceType: kafka.ResourceTypeTopic, ResourceName: t.Name, ConfigNames: []string{"max.message.bytes"}})
		}
	}
	if err := makeTopics(ctx, client, lacking, true); err != nil || len(request.Resources) == 0 {
		return missing, err
	}
	response, err := client.DescribeConfigs(ctx, request)
	if err != nil {
		return missing, fmt.Errorf("asking Kafka for the limits of topics: %w", err)
	}
	return missing, tooSmall(response)
}

// limitBytes is the largest batch that the program sends, with what the protocol puts around it.
const limitBytes = 1_000_012

func tooSmall(response *kafka.DescribeConfigsResponse) error {
	var small []string
	for _, r := range response.Resources {
		for _, c := range r.ConfigEntries {
			if n, err := strconv.Atoi(c.ConfigValue); c.ConfigName == "max.message.bytes" && err == nil && n < limitBytes {
				small = append(small, fmt.Sprintf("%s has %d", r.ResourceName, n))
			}
		}
	}
	if len(small) > 0 {
		return fmt.Errorf("topics take no messages as large as the program's: %s; set their max.message.bytes to %d or more", strings.Join(small, ", "), limitBytes)
	}
	return nil
}
