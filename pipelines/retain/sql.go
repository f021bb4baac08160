package retain

import (
	"embed"

	"doorstroom/pipelines/sqlfile"
)

//go:embed *.sql
var files embed.FS

var sqlFiles = sqlfile.Parse(files)
