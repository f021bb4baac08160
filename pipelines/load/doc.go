// Package load moves records from Kafka into the raw tables. Whether a delivery counts is decided in pipelines/delivery.
package load
