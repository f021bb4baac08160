package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"github.com/segmentio/kafka-go"

	"doorstroom/cmd/doorstroom/internal/exit"
	"doorstroom/deploy/testservers/kafkatest"
)

// TestWhatApacheKafkaRefuses: rights that lack, more copies than there are brokers and a topic that takes too little. Doctor
// says each with what to change before a run meets it, and so does the run.
func TestWhatApacheKafkaRefuses(t *testing.T) {
	t.Parallel()
	cluster := kafkatest.Start(t, kafkatest.Options{Secure: true, Rights: true})
	k := keeper{t, &kafka.Client{Addr: kafka.TCP(cluster.Inside())}}
	u := newUser(t).with("DOORSTROOM_KAFKA_BROKERS="+strings.Join(cluster.Addrs(), ","), "DOORSTROOM_KAFKA_TLS=true", "DOORSTROOM_KAFKA_CA="+cluster.CAFile,
		"DOORSTROOM_KAFKA_SASL=SCRAM-SHA-512", "DOORSTROOM_KAFKA_USER="+kafkatest.User, "DOORSTROOM_KAFKA_PASSWORD="+cluster.Password)
	landing := filepath.Join(t.TempDir(), "landing")
	landed{supplier: "coa", id: "few", mode: "mutation", files: []dataFile{mutations(1, 3)}}.write(t, landing)
	load := []string{"run", "--landing", landing, "--only", "load"}
	refused := func(u *user, texts ...string) {
		t.Helper()
		u.doctorSays(texts...)
		u.run(load...).exits(exit.CodeEnvironment).says(texts...)
	}
	refused(u, "doorstroom.", "ACLs for Read, Write, Describe")
	k.allow(kafka.ResourceTypeTopic, kafka.ACLOperationTypeDescribe, kafka.ACLOperationTypeDescribeConfigs)
	refused(u, "ACLs for Read, Write, Describe")
	k.allow(kafka.ResourceTypeTopic, kafka.ACLOperationTypeCreate)
	refused(u.with("DOORSTROOM_KAFKA_REPLICATION=3"), "set DOORSTROOM_KAFKA_REPLICATION to no more than there are brokers")
	u.run("doctor").exits(0)
	u.run(load...).exits(exit.CodeEnvironment).says("ACLs for Read") // of these rights Kafka tells only whoever uses them
	k.allow(kafka.ResourceTypeTopic, kafka.ACLOperationTypeRead, kafka.ACLOperationTypeWrite)
	u.run(load...).exits(exit.CodeEnvironment).says("ACLs for Read and Describe on consumer groups")
	k.allow(kafka.ResourceTypeGroup, kafka.ACLOperationTypeRead, kafka.ACLOperationTypeDescribe)
	u.run("doctor").exits(0)
	u.run(load...).exits(0)
	landed{supplier: "coa", id: "more", mode: "mutation", files: []dataFile{mutations(1, 30)}}.write(t, landing)
	k.limit("doorstroom.coa_stay", "500")
	u.doctorSays("doorstroom.coa_stay has 500", "max.message.bytes to 1000012")
	u.run(load...).exits(exit.CodeEnvironment).says("doorstroom.coa_stay", "set max.message.bytes of the topic")
	k.limit("doorstroom.coa_stay", "1000012")
	u.run("doctor").exits(0)
	u.run(load...).exits(0)
}

// doctorSays wants doctor to miss something, and to say so in one line with all the texts.
func (u *user) doctorSays(texts ...string) {
	u.t.Helper()
	out := u.run("doctor").exits(exit.CodeEnvironment).out
	for line := range strings.Lines(out) {
		if strings.HasPrefix(line, "MISSING") && hasAll(line, texts) {
			return
		}
	}
	u.t.Errorf("doctor does not say %q:\n%s", texts, out)
}

// keeper looks after a cluster.
type keeper struct {
	t      *testing.T
	client *kafka.Client
}

// allow gives the program's user rights on all that it calls its own.
func (k keeper) allow(on kafka.ResourceType, operations ...kafka.ACLOperationType) {
	k.t.Helper()
	request := &kafka.CreateACLsRequest{}
	for _, operation := range operations {
		request.ACLs = append(request.ACLs, kafka.ACLEntry{ResourceType: on, ResourceName: "doorstroom", ResourcePatternType: kafka.PatternTypePrefixed,
			Principal: "User:" + kafkatest.User, Host: "*", Operation: operation, PermissionType: kafka.ACLPermissionTypeAllow})
	}
	response, err := k.client.CreateACLs(context.Background(), request)
	if err == nil {
		err = errors.Join(response.Errors...)
	}
	if err != nil {
		k.t.Fatal(err)
	}
}

// limit sets how large a message of a topic may be.
func (k keeper) limit(topic, bytes string) {
	k.t.Helper()
	response, err := k.client.IncrementalAlterConfigs(context.Background(), &kafka.IncrementalAlterConfigsRequest{Resources: []kafka.IncrementalAlterConfigsRequestResource{{
		ResourceType: kafka.ResourceTypeTopic, ResourceName: topic,
		Configs: []kafka.IncrementalAlterConfigsRequestConfig{{Name: "max.message.bytes", Value: bytes, ConfigOperation: kafka.ConfigOperationSet}},
	}}})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, r := range response.Resources {
		if r.Error != nil {
			k.t.Fatal(r.Error)
		}
	}
}
