package kafkatest

import (
	"fmt"
	"strings"
)

// settings is the broker's server.properties: small, and soon ready for a group.
func (b *broker) settings(c *Cluster) string {
	replicas := len(c.brokers)
	protocol := "PLAINTEXT"
	if c.Password != "" {
		protocol = "SASL_SSL"
	}
	var voters []string
	for _, other := range c.brokers {
		voters = append(voters, fmt.Sprintf("%d@%s", other.id, address(other.controller)))
	}
	lines := []string{
		"process.roles=broker,controller",
		fmt.Sprintf("node.id=%d", b.id),
		"controller.quorum.voters=" + strings.Join(voters, ","),
		fmt.Sprintf("listeners=CLIENT://%s,INTERNAL://%s,CONTROLLER://%s", address(b.client), address(b.internal), address(b.controller)),
		fmt.Sprintf("advertised.listeners=CLIENT://%s,INTERNAL://%s", address(b.client), address(b.internal)),
		"listener.security.protocol.map=CLIENT:" + protocol + ",INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT",
		"inter.broker.listener.name=INTERNAL",
		"controller.listener.names=CONTROLLER",
		"log.dirs=" + b.dir + "/data",
		"auto.create.topics.enable=false",
		"num.network.threads=2",
		"num.io.threads=2",
		"group.initial.rebalance.delay.ms=0",
		"offsets.topic.num.partitions=1",
		fmt.Sprintf("offsets.topic.replication.factor=%d", replicas),
		fmt.Sprintf("min.insync.replicas=%d", (replicas+1)/2),
		// A broker that is gone is noticed soon.
		"broker.session.timeout.ms=3000",
		"broker.heartbeat.interval.ms=500",
	}
	if c.Password != "" {
		lines = append(lines,
			"sasl.enabled.mechanisms=SCRAM-SHA-512",
			"listener.name.client.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;",
			"listener.name.client.ssl.keystore.type=PEM",
			"listener.name.client.ssl.keystore.location="+b.keystore,
		)
	}
	if c.rights {
		lines = append(lines, "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer", "super.users=User:ANONYMOUS")
	}
	return strings.Join(lines, "\n") + "\n"
}
