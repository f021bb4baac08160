package schemas

// Rule is the name of a rule that a record breaks; empty when it breaks none.
// The names are those of the contract, section 1.
type Rule string

// The rules, in the order in which the first that fits is reported.
const (
	BadEncoding               Rule = "bad_encoding"
	BadJSON                   Rule = "bad_json"
	WrongFieldCount           Rule = "wrong_field_count"
	Missing                   Rule = "missing"
	BadID                     Rule = "bad_id"
	BadOperation              Rule = "bad_operation"
	BadPseudonym              Rule = "bad_pseudonym"
	NotADate                  Rule = "not_a_date"
	NotANumber                Rule = "not_a_number"
	CodeNotInList             Rule = "code_not_in_list"
	TooLong                   Rule = "too_long"
	DateOutOfRange            Rule = "date_out_of_range"
	OutOfRange                Rule = "out_of_range"
	EndBeforeStart            Rule = "end_before_start"
	MunicipalityNotInManifest Rule = "municipality_not_in_manifest"
	NoPseudonym               Rule = "no_pseudonym"
)

// Reason is why a whole delivery is refused; empty when it is accepted.
type Reason string

// The reasons, in the order in which the first that fits is reported.
const (
	DeliveryIDReused       Reason = "delivery_id_reused"
	ManifestInvalid        Reason = "manifest_invalid"
	ContractVersionUnknown Reason = "contract_version_unknown"
	KeyVersionUnknown      Reason = "key_version_unknown"
	RecordUnknown          Reason = "record_unknown"
	FileMissing            Reason = "file_missing"
	SizeMismatch           Reason = "size_mismatch"
	HashMismatch           Reason = "hash_mismatch"
	UnreadableFile         Reason = "unreadable_file"
	ColumnMissing          Reason = "column_missing"
	RowCountMismatch       Reason = "row_count_mismatch"
	ControlTotalMismatch   Reason = "control_total_mismatch"
	QuarantineOverLimit    Reason = "quarantine_over_threshold"
	RecordTwice            Reason = "record_twice"
	ImplausibleShrink      Reason = "implausible_shrink"
	ImplausibleEmpty       Reason = "implausible_empty"
)

// Releasable tells of a delivery that is only held: an operator may release it.
func (r Reason) Releasable() bool { return r == ImplausibleShrink || r == ImplausibleEmpty }
