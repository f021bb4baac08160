package publish

import (
	"embed"

	"doorstroom/pipelines/sqlfile"
)

//go:embed sql/*.sql
var files embed.FS

var sqlFiles = sqlfile.Parse(files)
