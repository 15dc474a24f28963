//go:build !unix

package main

import "os"

// peakOf is not known here: 0 meets every gate.
func peakOf(*os.ProcessState) int64 { return 0 }
