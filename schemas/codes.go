package schemas

import "doorstroom/schemas/reference"

// Code is a value of a code list by its number, 0 when absent; see package reference.
type Code = reference.Code

// CodeList is a closed list of codes; see package reference.
type CodeList = reference.CodeList

// Numbers of codes that the program itself reads.
const (
	OpAdd    Code = 1 // T in reference.Operations
	OpChange Code = 2 // W in reference.Operations
	OpDelete Code = 3 // V in reference.Operations
	Yes      Code = 1 // J in reference.Flags
)
