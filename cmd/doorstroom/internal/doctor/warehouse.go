package doctor

import (
	"context"
	"fmt"
	"strings"

	"doorstroom/pipelines/backup"
	"doorstroom/pipelines/load"
)

func (d *doctor) clickHouse(ctx context.Context) {
	if err := d.engines.Connect(ctx); err != nil {
		d.report("ClickHouse", "", err)
		return
	}
	asked := d.engines.Questions
	d.report("ClickHouse, native", d.engines.NativeAddr(), nil)
	d.report("ClickHouse, HTTP", asked.Addr, asked.Answers(ctx, asked.Program))
	d.report("who asks with sql", d.wall(), asked.Answers(ctx, asked.People))
	d.rights(ctx)
	d.disks(ctx)
	d.tables(ctx)
}

// wall tells what keeps 'doorstroom sql' to the warehouse.
func (d *doctor) wall() string {
	who := d.engines.Questions.People.Name
	if d.settings.ClickHouseAddr == "" || d.settings.ClickHouseSQLUser != "" {
		return who
	}
	return who + ", who sees all that the program may see: DOORSTROOM_CLICKHOUSE_SQL_USER names one who may only read"
}

// rights looks at what the user may do and sees.
func (d *doctor) rights(ctx context.Context) {
	db := d.engines.Warehouse
	d.report("ClickHouse, profile", fmt.Sprintf("lets us set all %d settings that results depend on", len(db.Settings())), db.CheckForDBT(ctx))
	read, run, err := db.MissingRights(ctx)
	found := "to run, and to read"
	switch {
	case len(read) > 0:
		err = fmt.Errorf("the user may not read: %s", strings.Join(read, "; "))
	case len(run) > 0:
		found = "to read only; 'run', 'serve' and 'migrate' also need: " + strings.Join(run, "; ")
	}
	d.report("ClickHouse, rights", found, withRemedy(err))
	d.report("ClickHouse, row policies", "none hides rows of the program's tables from it", db.AllRows(ctx))
	limits, err := db.Quotas(ctx)
	found = "limits nothing"
	if len(limits) > 0 {
		found = strings.Join(limits, "; ") + "; a run that needs more ends with an error"
	}
	d.report("ClickHouse, quota", found, err)
}

func (d *doctor) disks(ctx context.Context) {
	disks, shown, err := d.engines.Warehouse.Disks(ctx)
	if err != nil || !shown {
		d.report("ClickHouse, disks", "not shown to this user (system.disks)", err)
		return
	}
	var found []string
	for _, disk := range disks {
		found = append(found, fmt.Sprintf("%s has %s free", disk.Name, gigabytes(disk.Free)))
		if disk.Free < lowDisk && err == nil {
			err = fmt.Errorf("disk %s of ClickHouse has %s free: make room there", disk.Name, gigabytes(disk.Free))
		}
	}
	d.report("ClickHouse, disks", strings.Join(found, ", "), err)
}

// tables looks at what is there.
func (d *doctor) tables(ctx context.Context) {
	db := d.engines.Warehouse
	schema, err := db.Schema(ctx)
	if err == nil {
		err = schema.Newer()
	}
	found := fmt.Sprintf("of migration %d", len(schema.Applied))
	if n := len(schema.Missing()); n > 0 {
		found += fmt.Sprintf("; %d migrations will be applied by 'doorstroom run' or 'doorstroom migrate'", n)
	} else if err == nil {
		err = load.CheckTables(ctx, db)
	}
	d.report("tables", found, err)
	if len(schema.Applied) == 0 || err != nil {
		return
	}
	last, err := backup.Last(ctx, db)
	d.report("last backup", last, err)
}
