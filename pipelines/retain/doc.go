// Package retain removes what the program need not keep any longer: per layer a
// period, and every removal noted in ops.retention just before it is done.
//
// Nothing is removed that an edition is made of which can still be built. Rows
// that newer full deliveries replaced are kept for ever unless their period is
// set; then editions with a cut-off before it can no longer be built, and
// 'doorstroom run' says so. Current editions stay.
//
// The package is told what time it is. Copies of delivered files are found and
// removed by the caller: pipelines do not know landing folders.
package retain
