//go:build !linux

package main

import "github.com/rogpeppe/go-internal/testscript"

// What can be done to a disk is done on Linux alone.
var diskCommands map[string]func(*testscript.TestScript, bool, []string)

func dropRoot() error { return nil }

func reachable(string) error { return nil }

func canMount() bool { return false }
