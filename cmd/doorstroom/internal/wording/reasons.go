package wording

import (
	"doorstroom/pipelines/delivery"
	"doorstroom/schemas"
)

// Reasons say for each reason what the supplier can do about it; `check` and
// the replies end with it. What only an operator can do stands in operators.
var Reasons = map[schemas.Reason]string{
	schemas.DeliveryIDReused:       "deliver under an id that was never used; the delivery that has this one stays in force",
	schemas.ManifestInvalid:        "change manifest.json, or the program that makes it, and deliver again; the same id may be used",
	schemas.ContractVersionUnknown: `write contract_version "1.0", if the delivery is made after that contract`,
	schemas.KeyVersionUnknown:      "make the pseudonyms with the keys that were agreed and write their version, or announce the new keys first",
	schemas.RecordUnknown:          "name the record as docs/data_dictionary.md does; a record of another supplier does not belong in the delivery",
	schemas.FileMissing:            "write every file before the manifest, under the name that the manifest gives; then deliver again",
	schemas.SizeMismatch:           "make the manifest when the file is complete and does not change any more; was it cut off on its way?",
	schemas.HashMismatch:           "make the manifest when the file is complete and does not change any more; was it converted on its way?",
	schemas.UnreadableFile:         "export the file again as described, and deliver again",
	schemas.ColumnMissing:          "write the columns under the names of the contract; an optional one that the file does not have is named in columns_absent",
	schemas.RowCountMismatch:       "write as many records as the manifest says, or the number that there are in rows; leave out rows that are not records",
	schemas.ControlTotalMismatch:   "add up the column over all records of the file, an absent value as 0; does the file hold the records that were added up?",
	schemas.QuarantineOverLimit:    "correct the rules that are broken most in the export, check again and deliver again",
	schemas.RecordTwice:            "write every record once, with its own record number as text",
	schemas.ImplausibleShrink:      "if records are lacking, deliver again; if so few is right, tell the ministry why: the delivery is then accepted as it is",
	schemas.ImplausibleEmpty:       "if values are lacking, deliver again; if nobody has one, tell the ministry why: the delivery is then accepted as it is",
	delivery.Withdrawn:             "the delivery was taken back and counts no longer; deliver a corrected one, under the same id or a new one",
}

// operators say for some reasons what an operator can do; no supplier gets to read them.
var operators = map[schemas.Reason]string{
	schemas.KeyVersionUnknown: "DOORSTROOM_KEY_VERSIONS names the versions that are accepted",
	schemas.ImplausibleShrink: "if that is right, 'doorstroom release' accepts it",
	schemas.ImplausibleEmpty:  "if that is right, 'doorstroom release' accepts it",
}

// Sentence joins what was found with what can be done about it.
func Sentence(found, advice string) string {
	if found == "" || advice == "" {
		return found + advice
	}
	return found + "; " + advice
}
