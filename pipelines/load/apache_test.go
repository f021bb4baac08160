package load

import (
	"context"
	"errors"
	"testing"
	"time"

	kafkago "github.com/segmentio/kafka-go"
	"github.com/segmentio/kafka-go/sasl/scram"

	"doorstroom/deploy/testservers/kafkatest"
	"doorstroom/pipelines/kafka"
	"doorstroom/schemas"
)

// apache is the Apache Kafka that tests run on, nil for the embedded Kafka. The tests of this package run one by one.
var apache *kafkatest.Cluster

// TestOnApacheKafka runs what needs a log once more, on Apache Kafka with TLS and a login.
func TestOnApacheKafka(t *testing.T) {
	apache = kafkatest.Start(t, kafkatest.Options{Secure: true})
	defer func() { apache = nil }()
	for _, test := range []struct {
		name string
		run  func(*testing.T)
	}{
		{"CompressedMessagesArrive", TestCompressedMessagesArrive},
		{"KilledClickHouseLosesAndDoublesNothing", TestKilledClickHouseLosesAndDoublesNothing},
		{"AnotherLoaderGoesOnWhereOneStopped", TestAnotherLoaderGoesOnWhereOneStopped},
		{"AGroupBeyondTheEndIsSetBack", TestAGroupBeyondTheEndIsSetBack},
		{"ForgottenMessagesAreGoneAndLaterOnesArrive", TestForgottenMessagesAreGoneAndLaterOnesArrive},
		{"WhatIsNotLoadedIsNotForgotten", TestWhatIsNotLoadedIsNotForgotten},
		{"OldMessagesGo", TestOldMessagesGo},
		{"TwoLoadersShareTheWork", TestTwoLoadersShareTheWork},
		{"StandstillIsAnErrorThatNamesTheDelivery", TestStandstillIsAnErrorThatNamesTheDelivery},
		{"TopicsAreMadeOnce", TestTopicsAreMadeOnce},
		{"DeliveriesAreAcceptedWhateverTheOrderAndHoweverOften", TestDeliveriesAreAcceptedWhateverTheOrderAndHoweverOften},
		{"NothingIsAcceptedThatIsNotThere", TestNothingIsAcceptedThatIsNotThere},
		{"ControlTotalOfRaw", TestControlTotalOfRaw},
		{"UnreadableMessagesStopNothingElse", TestUnreadableMessagesStopNothingElse},
		{"ReusedIDNeverReplacesTheAcceptedDelivery", TestReusedIDNeverReplacesTheAcceptedDelivery},
		{"QuarantineShowsTheStandingManifest", TestQuarantineShowsTheStandingManifest},
		{"ReleaseAcceptsWhatWasHeld", TestReleaseAcceptsWhatWasHeld},
		{"EveryFieldOfEveryRecordArrives", TestEveryFieldOfEveryRecordArrives},
		{"MunicipalDatesKeepTheirDeliveredForm", TestMunicipalDatesKeepTheirDeliveredForm},
	} {
		t.Run(test.name, test.run)
	}
}

// apacheKafka is the running cluster as a new one: the test's end removes its topics and its group.
func apacheKafka(t testing.TB) kafka.Cluster {
	t.Helper()
	k := kafka.Cluster{Brokers: apache.Addrs(), TLS: apache.TLS(), Replication: len(apache.Addrs())}
	if apache.Password != "" {
		var err error
		k.SASL, err = scram.Mechanism(scram.SHA512, kafkatest.User, apache.Password)
		must(t, err)
	}
	t.Cleanup(func() { removeAll(t, k) })
	return k
}

// removeAll takes away the topics and the group of the program.
func removeAll(t testing.TB, k kafka.Cluster) {
	t.Helper()
	client, closeIdle := k.Client()
	defer closeIdle()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	groups, err := client.DeleteGroups(ctx, &kafkago.DeleteGroupsRequest{GroupIDs: []string{DefaultGroup}})
	must(t, err)
	if err := groups.Errors[DefaultGroup]; err != nil && !errors.Is(err, kafkago.GroupIdNotFound) {
		t.Errorf("removing the group: %v", err)
	}
	var names []string
	for _, topic := range schemas.Topics() {
		names = append(names, topic.Name)
	}
	topics, err := client.DeleteTopics(ctx, &kafkago.DeleteTopicsRequest{Topics: names})
	must(t, err)
	for name, err := range topics.Errors {
		if err != nil {
			t.Errorf("removing topic %s: %v", name, err)
		}
	}
}
