package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/unix"

	"doorstroom/deploy/embedded"
	"doorstroom/pipelines/kafka"
	"doorstroom/pipelines/load"
	"doorstroom/pipelines/warehouse"
)

// madeByRun is what doctor says of an embedded part that is not there yet.
const madeByRun = "will be made by 'doorstroom run'"

// lowDisk is the free space, in bytes, under which doctor warns: a small edition and its marts fit.
const lowDisk = 1 << 30

// reporter takes what was found of a part.
type reporter func(name, ok string, err error)

// lookAtServers reaches the servers, and starts the embedded engines that there are, without changing what they hold.
func (a *app) lookAtServers(ctx context.Context, e *engines, report reporter) {
	s := a.settings
	free, err := freeDisk(s.Data)
	report("disk of the data folder", free, err)
	kafka, clickHouse := len(s.KafkaBrokers) > 0 || a.has("kafka"), s.ClickHouseAddr != "" || a.has("clickhouse")
	if a.has("kafka") && len(s.KafkaBrokers) == 0 || a.has("clickhouse") && s.ClickHouseAddr == "" {
		if e.tools, err = embedded.FindTools(s.LibCHDB, s.DBT); err == nil {
			err = a.lock(e, len(s.KafkaBrokers) == 0)
		}
		if err != nil {
			report("data folder", "", err)
			return
		}
	}
	if !kafka {
		report("Kafka", madeByRun, nil)
	} else {
		a.lookAtKafka(ctx, e, report)
	}
	a.lookAtRegistry(ctx, e, report)
	if !clickHouse {
		report("ClickHouse", madeByRun, nil)
		return
	}
	if err := a.connectClickHouse(ctx, e); err != nil {
		report("ClickHouse", "", err)
		return
	}
	report("ClickHouse, native", e.clickHouse.Addr, nil)
	report("ClickHouse, HTTP", e.httpAddr, e.query(ctx, "SELECT 1", "Null", io.Discard))
	report("who asks with sql", a.sqlWall(e), e.ask(ctx, e.reader, "SELECT 1", "Null", io.Discard))
	lookAtWarehouse(ctx, e.db, report)
}

// has tells whether the data folder has the folder of an embedded part.
func (a *app) has(part string) bool {
	_, err := os.Stat(filepath.Join(a.settings.Data, part))
	return err == nil
}

func (a *app) lookAtKafka(ctx context.Context, e *engines, report reporter) {
	if err := a.openBrokers(e); err != nil {
		report("Kafka", "", err)
		return
	}
	brokers, err := kafka.Brokers(ctx, e.kafka)
	report("Kafka, every broker", strings.Join(brokers, ", "), mended(err))
	if brokers == nil {
		return
	}
	missing, err := kafka.Topics(ctx, e.kafka)
	found := "there"
	if len(missing) > 0 {
		found = fmt.Sprintf("%d of them %s", len(missing), madeByRun)
	}
	report("Kafka, topics", found, mended(err))
}

func (a *app) lookAtRegistry(ctx context.Context, e *engines, report reporter) {
	if a.settings.Registry == "" && !a.has("registry") {
		report("schema registry", madeByRun, nil)
		return
	}
	err := a.openRegistry(e)
	if err == nil {
		_, err = e.registry.Subjects(ctx)
	}
	report("schema registry", "answers", err)
}

// lookAtWarehouse looks at what the user may do, and at what is there.
func lookAtWarehouse(ctx context.Context, db *warehouse.DB, report reporter) {
	report("ClickHouse, profile", fmt.Sprintf("lets us set all %d settings that results depend on", len(db.Settings())), db.CheckForDBT(ctx))
	read, run, err := db.MissingRights(ctx)
	found := "to run, and to read"
	switch {
	case len(read) > 0:
		err = fmt.Errorf("the user may not read: %s", strings.Join(read, "; "))
	case len(run) > 0:
		found = "to read only; 'run', 'serve' and 'migrate' also need: " + strings.Join(run, "; ")
	}
	report("ClickHouse, rights", found, mended(err))
	report("ClickHouse, row policies", "none hides rows of the program's tables from it", db.AllRows(ctx))
	limits, err := db.Quotas(ctx)
	found = "limits nothing"
	if len(limits) > 0 {
		found = strings.Join(limits, "; ") + "; a run that needs more ends with an error"
	}
	report("ClickHouse, quota", found, err)
	disks, err := serverDisks(ctx, db)
	report("ClickHouse, disks", disks, err)
	schema, err := db.Schema(ctx)
	if err == nil {
		err = schema.Newer()
	}
	found = fmt.Sprintf("of migration %d", len(schema.Applied))
	if n := len(schema.Missing()); n > 0 {
		found += fmt.Sprintf("; %d migrations will be applied by 'doorstroom run' or 'doorstroom migrate'", n)
	} else if err == nil {
		err = load.CheckTables(ctx, db)
	}
	report("tables", found, err)
	if len(schema.Applied) == 0 || err != nil {
		return
	}
	last, err := lastBackup(ctx, db)
	report("last backup", last, err)
}

func serverDisks(ctx context.Context, db *warehouse.DB) (string, error) {
	disks, ok, err := db.Disks(ctx)
	if err != nil || !ok {
		return "not shown to this user (system.disks)", err
	}
	var found []string
	for _, d := range disks {
		found = append(found, fmt.Sprintf("%s has %s free", d.Name, gigabytes(d.Free)))
		if d.Free < lowDisk {
			return "", fmt.Errorf("disk %s of ClickHouse has %s free: make room there", d.Name, gigabytes(d.Free))
		}
	}
	return strings.Join(found, ", "), nil
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

// mended adds to a lasting error what mends it.
func mended(err error) error {
	if mend, lasts := kafka.Lasting(err); lasts {
		return fmt.Errorf("%w; %s", err, mend)
	}
	return err
}
