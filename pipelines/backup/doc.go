// Package backup saves the warehouse and brings it back.
//
// A backup is a folder with a manifest and the files that it names, of which each is held against its SHA-256. The
// warehouse in it is what ClickHouse's own BACKUP statement makes, of the embedded server and of any other; what else
// belongs to the same moment, such as the embedded log, is put beside it by the caller. A folder gets its name only when
// everything in it was written, read again and found right.
//
// It does not copy the suppliers' deliveries: those stay in the landing folder, from which whatever came after a backup
// is read again.
package backup
