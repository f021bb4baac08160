// Package dbt carries the dbt project that turns facts into marts, so that the program can unpack and run it anywhere.
package dbt

import "embed"

//go:generate go test . -run ^TestMartPages$ -update

// Project holds the files of the dbt project, rooted at its project folder: dbt_project.yml and profiles.yml at the top,
// then the macros, models and tests. The connection comes from DOORSTROOM_DBT_HOST, _PORT (HTTP), _USER and _SECURE and
// from DBT_ENV_SECRET_DOORSTROOM_PASSWORD, the edition from the dbt variable "edition".
//
//go:embed dbt_project.yml profiles.yml all:macros all:models all:tests
var Project embed.FS
