package main

import (
	"fmt"
	"runtime/debug"
)

// release is the version of this source tree.
const release = "0.1.0"

type versionCommand struct{}

// Run prints the version and, where the build knows it, the commit.
func (versionCommand) Run(s streams) error {
	_, err := fmt.Fprintln(s.out, "carillon", version()+commit())
	return err
}

func version() string { return release }

func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return " " + s.Value
		}
	}
	return ""
}
