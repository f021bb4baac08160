package engines

import (
	"context"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/kafka"
)

// OpenBrokers starts or names the brokers.
func (e *Engines) OpenBrokers() (err error) {
	if err := e.settings.KafkaOverTLS(); err != nil {
		return err
	}
	if len(e.settings.KafkaBrokers) > 0 {
		e.Kafka, err = e.settings.Brokers()
		return err
	}
	broker, err := embedded.StartKafka(e.embedded())
	if err != nil {
		return err
	}
	e.closers = append(e.closers, broker.Stop)
	e.Kafka = kafka.Cluster{Brokers: []string{broker.Addr()}, Dial: broker.Dial, Replication: 1}
	return nil
}

// OpenRegistry starts or names the schema registry.
func (e *Engines) OpenRegistry() error {
	address, client, err := e.settings.SchemaRegistry()
	if err != nil {
		return err
	}
	user, password := e.settings.RegistryUser, string(e.settings.RegistryPassword)
	if address == "" {
		registry, err := embedded.StartRegistry(e.embedded())
		if err != nil {
			return err
		}
		e.closers = append(e.closers, registry.Stop)
		address, client, user, password = registry.URL(), registry.Client(), "", ""
	}
	e.Registry, err = kafka.OpenRegistry(address, client, user, password)
	return err
}

// Ready makes the topics that are not there and tells which record each schema id is.
func (e *Engines) Ready(ctx context.Context) (map[uint32]string, error) {
	return kafka.Ready(ctx, kafka.Patience(e.needs.Wait, e.log), e.Kafka, e.Registry)
}
