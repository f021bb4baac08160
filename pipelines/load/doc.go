// Package load moves records from Kafka into the raw tables, reconciles each
// delivery against what its supplier promised, and decides whether the
// delivery is accepted. Nothing unaccepted is visible downstream.
package load
