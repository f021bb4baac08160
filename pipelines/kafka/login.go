package kafka

import (
	"fmt"

	"github.com/segmentio/kafka-go/sasl"
	"github.com/segmentio/kafka-go/sasl/plain"
	"github.com/segmentio/kafka-go/sasl/scram"
)

// Login is how a user logs in at the brokers, by the name that SASL has for it; nil without one.
func Login(mechanism, user, password string) (sasl.Mechanism, error) {
	switch mechanism {
	case "":
		return nil, nil
	case "PLAIN":
		return plain.Mechanism{Username: user, Password: password}, nil
	case "SCRAM-SHA-256":
		return scram.Mechanism(scram.SHA256, user, password)
	case "SCRAM-SHA-512":
		return scram.Mechanism(scram.SHA512, user, password)
	}
	return nil, fmt.Errorf("DOORSTROOM_KAFKA_SASL is %q: use PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512", mechanism)
}
