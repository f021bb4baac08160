// Package kafka is what the program asks of the log beside messages: where it is and who we are there, its topics, how far
// a consumer group is, letting go of what was read, and which of its errors another try may change.
package kafka
