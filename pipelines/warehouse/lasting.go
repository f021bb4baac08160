package warehouse

import "github.com/ClickHouse/ch-go/proto"

// lasting are answers of ClickHouse that stay the same until somebody changes something there, and what that is.
var lasting = map[proto.Error]string{
	proto.ErrAccessDenied:                     "GRANT the user of DOORSTROOM_CLICKHOUSE_USER the right that ClickHouse names, or use a user who has it",
	proto.ErrReadonly:                         "give the user of DOORSTROOM_CLICKHOUSE_USER a profile with readonly = 0 for what writes, or 2 for what only reads",
	proto.ErrQueryIsProhibited:                "give the user of DOORSTROOM_CLICKHOUSE_USER a profile with allow_ddl = 1, or let another user run 'doorstroom migrate'",
	proto.ErrSettingConstraintViolation:       "take the constraint on that setting out of the profile of DOORSTROOM_CLICKHOUSE_USER",
	proto.ErrUnknownSetting:                   "this ClickHouse is too old, or does not know a setting that its own profile names",
	proto.ErrQuotaExceeded:                    "raise the quota of DOORSTROOM_CLICKHOUSE_USER, or wait until its interval is over",
	proto.ErrTableSizeExceedsMaxDropSizeLimit: "raise max_table_size_to_drop and max_partition_size_to_drop in the profile of DOORSTROOM_CLICKHOUSE_USER and in the server's configuration",
	proto.ErrUnknownTable:                     otherTable, proto.ErrUnknownDatabase: otherTable, proto.ErrNoSuchColumnInTable: otherTable,
	proto.ErrThereIsNoColumn: otherTable, proto.ErrUnknownIdentifier: otherTable, proto.ErrTypeMismatch: otherTable, proto.ErrCannotConvertType: otherTable,
}

const otherTable = "a table of doorstroom is missing, is hidden from the user, or is somebody else's: 'doorstroom doctor' names it; " +
	"let doorstroom have its databases to itself (rename the other table and run 'doorstroom migrate'), and GRANT SELECT on them"

// Lasting tells an error that no second try fixes, with what does.
func Lasting(err error) (fix string, yes bool) {
	code, answered := serverCode(err)
	if !answered {
		return "", false
	}
	fix, yes = lasting[code]
	return fix, yes
}
