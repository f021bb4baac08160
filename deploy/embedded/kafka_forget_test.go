package embedded

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/segmentio/kafka-go"
)

// TestShortFilesForgetToTheLastByte: what lies before a write leaves the disk, and the offsets go on, whether the broker
// was stopped or killed. Without the last message a broker would begin again at 0.
func TestShortFilesForgetToTheLastByte(t *testing.T) {
	const secret = "sentinelofaperson"
	for _, end := range []string{"stopped", "killed"} {
		t.Run(end, func(t *testing.T) {
			dir := t.TempDir()
			first := startKafka(t, testOptions(t, dir))
			client := kafkaClient(t, first.Dial)
			createTopic(t, client, 1)
			write(t, client, secret)
			write(t, client, secret)
			first.Stop()

			o := testOptions(t, dir)
			o.KafkaShortFiles = true
			second := startKafka(t, o)
			if !holdsText(t, dir, secret) {
				t.Fatal("no file holds what was written: the search finds too little")
			}
			write(t, kafkaClient(t, second.Dial), "")
			if err := second.cluster.DeleteRecords(testTopic, 0, 2); err != nil {
				t.Fatal(err)
			}
			if holdsText(t, dir, secret) {
				t.Error("a file still holds what was let go")
			}
			if end == "killed" {
				// What is on the disk now is what a kill would leave.
				copied := t.TempDir()
				if err := os.CopyFS(filepath.Join(copied, "kafka"), os.DirFS(filepath.Join(dir, "kafka"))); err != nil {
					t.Fatal(err)
				}
				dir = copied
			}
			second.Stop()

			third := startKafka(t, testOptions(t, dir))
			if p := third.cluster.PartitionInfo(testTopic, 0); p.LogStartOffset != 2 || p.HighWatermark != 3 {
				t.Errorf("the topic holds %d to %d, want the one message at 2", p.LogStartOffset, p.HighWatermark)
			}
			client = kafkaClient(t, third.Dial)
			write(t, client, "later")
			write(t, client, "later")
			files, err := filepath.Glob(filepath.Join(dir, "kafka", "*", testTopic+"*", "*.dat"))
			if err != nil || len(files) != 1 {
				t.Errorf("%d files of the log (%v), want all of it in one again", len(files), err)
			}
			if got := lastOffset(t, client); got != 5 {
				t.Errorf("the topic ends at %d, want 5", got)
			}
		})
	}
}

// write puts one message on partition 0; an empty text is a message without a value.
func write(t *testing.T, client *kafka.Client, text string) {
	t.Helper()
	var value kafka.Bytes
	if text != "" {
		value = kafka.NewBytes([]byte(text))
	}
	response, err := client.Produce(t.Context(), &kafka.ProduceRequest{
		Topic: testTopic, RequiredAcks: kafka.RequireAll, Records: kafka.NewRecordReader(kafka.Record{Value: value}),
	})
	if err == nil {
		err = response.Error
	}
	if err != nil {
		t.Fatal(err)
	}
}

// holdsText tells whether any file below a folder holds a text.
func holdsText(t *testing.T, dir, text string) (found bool) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		content, err := os.ReadFile(path)
		found = found || bytes.Contains(content, []byte(text))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
