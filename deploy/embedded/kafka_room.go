package embedded

import (
	"sync/atomic"
	"time"

	"github.com/twmb/franz-go/pkg/kfake"
	"github.com/twmb/franz-go/pkg/kmsg"

	"doorstroom/schemas"
)

const (
	// trimEvery is how often messages that were read are let go.
	trimEvery = 250 * time.Millisecond
	// roomBytes is how much the topics may keep. Opening the broker after a kill takes some of this twice over in memory.
	roomBytes = 256 << 20
	// maxHold is how long a write waits for room at most: its sender gives up later than that.
	maxHold = 20 * time.Second
)

// room keeps what the topics hold small: messages go once their reader has committed them, and while there are too many
// that it has not, writes wait. So a reader that stands still stops whoever writes, and fills neither disk nor memory.
type room struct {
	cluster *kfake.Cluster
	reader  string
	bytes   int64 // what the topics may keep
	full    atomic.Bool
	stop    chan struct{}
	stopped chan struct{}
}

// keepRoom sets a room to work until its end.
func keepRoom(cluster *kfake.Cluster, reader string, bytes int64) *room {
	r := &room{cluster: cluster, reader: reader, bytes: bytes, stop: make(chan struct{}), stopped: make(chan struct{})}
	cluster.ControlKey(int16(kmsg.Produce), func(kmsg.Request) (kmsg.Response, error, bool) {
		cluster.KeepControl()
		if r.full.Load() {
			cluster.SleepControl(r.wait)
		}
		return nil, nil, false
	})
	go r.run()
	return r
}

func (r *room) end() {
	close(r.stop)
	<-r.stopped
}

func (r *room) run() {
	defer close(r.stopped)
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	for {
		select {
		case <-r.stop:
			return
		case <-tick.C:
			r.full.Store(r.trim() > r.bytes)
		}
	}
}

// wait holds a write while there is no room.
func (r *room) wait() {
	tick := time.NewTicker(trimEvery)
	defer tick.Stop()
	for end := time.Now().Add(maxHold); r.full.Load() && time.Now().Before(end); {
		select {
		case <-r.stop:
			return
		case <-tick.C:
		}
	}
}

// trim lets go of what the reader has committed and gives the bytes that are left in the topics.
func (r *room) trim() (left int64) {
	var commits map[string]map[int32]kfake.GroupCommit
	if group := r.cluster.GroupInfo(r.reader); group != nil {
		commits = group.Commits
	}
	for _, topic := range schemas.Topics() {
		for _, p := range r.cluster.PartitionInfos(topic.Name) {
			// The last message stays: after a kill the broker knows from it where the partition ends.
			to := min(commits[topic.Name][p.Partition].Offset, p.HighWatermark-1)
			if to <= p.LogStartOffset || r.cluster.DeleteRecords(topic.Name, p.Partition, to) != nil {
				left += p.NumBytes
				continue
			}
			if now := r.cluster.PartitionInfo(topic.Name, p.Partition); now != nil {
				left += now.NumBytes
			}
		}
	}
	return left
}
