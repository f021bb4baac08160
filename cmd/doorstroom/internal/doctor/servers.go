package doctor

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"doorstroom/pipelines/kafka"
)

// madeByRun is what doctor says of an embedded part that is not there yet.
const madeByRun = "will be made by 'doorstroom run'"

// lowDisk is the free space, in bytes, under which doctor warns: a small edition and its marts fit.
const lowDisk = 1 << 30

// servers reaches the servers, and starts the embedded engines that there are, without changing what they hold.
func (d *doctor) servers(ctx context.Context) {
	free, err := freeDisk(d.settings.Data)
	d.report("disk of the data folder", free, err)
	ownKafka, ownClickHouse := len(d.settings.KafkaBrokers) == 0, d.settings.ClickHouseAddr == ""
	if ownKafka && d.has("kafka") || ownClickHouse && d.has("clickhouse") {
		if err = d.engines.FindTools(); err == nil {
			err = d.engines.Lock(ownKafka)
		}
		if err != nil {
			d.report("data folder", "", err)
			return
		}
	}
	if ownKafka && !d.has("kafka") {
		d.report("Kafka", madeByRun, nil)
	} else {
		d.kafka(ctx)
	}
	d.registry(ctx)
	if ownClickHouse && !d.has("clickhouse") {
		d.report("ClickHouse", madeByRun, nil)
		return
	}
	d.clickHouse(ctx)
}

// has tells whether the data folder has the folder of an embedded part.
func (d *doctor) has(part string) bool {
	_, err := os.Stat(filepath.Join(d.settings.Data, part))
	return err == nil
}

func (d *doctor) kafka(ctx context.Context) {
	if err := d.engines.OpenBrokers(); err != nil {
		d.report("Kafka", "", err)
		return
	}
	brokers, err := kafka.Brokers(ctx, d.engines.Kafka)
	d.report("Kafka, every broker", strings.Join(brokers, ", "), withRemedy(err))
	if brokers == nil {
		return
	}
	missing, err := kafka.Topics(ctx, d.engines.Kafka)
	found := "there"
	if len(missing) > 0 {
		found = fmt.Sprintf("%d of them %s", len(missing), madeByRun)
	}
	d.report("Kafka, topics", found, withRemedy(err))
}

func (d *doctor) registry(ctx context.Context) {
	if d.settings.Registry == "" && !d.has("registry") {
		d.report("schema registry", madeByRun, nil)
		return
	}
	err := d.engines.OpenRegistry()
	if err == nil {
		_, err = d.engines.Registry.Subjects(ctx)
	}
	d.report("schema registry", "answers", err)
}

// freeDisk looks at the disk on which a folder is or will be.
func freeDisk(dir string) (string, error) {
	var disk unix.Statfs_t
	dir, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	for unix.Statfs(dir, &disk) != nil {
		if dir == filepath.Dir(dir) {
			return "", fmt.Errorf("the disk of %s cannot be looked at", dir)
		}
		dir = filepath.Dir(dir)
	}
	free := disk.Bavail * uint64(disk.Bsize)
	if free < lowDisk {
		return "", fmt.Errorf("%s is free at %s: make room there, or choose another folder with --data", gigabytes(free), dir)
	}
	return gigabytes(free) + " free", nil
}

func gigabytes(n uint64) string { return fmt.Sprintf("%.1f GB", float64(n)/1e9) }

// withRemedy adds to a lasting error what would change it.
func withRemedy(err error) error {
	if remedy, lasts := kafka.Lasting(err); lasts {
		return fmt.Errorf("%w; %s", err, remedy)
	}
	return err
}
