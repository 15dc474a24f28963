package extract

import (
	"os/exec"
	"syscall"
)

// What a child may use. The machine code of PDFium is made once in some 330 MB
// and 4 s of a processor; after that a file of 20 pages takes 50 MB and 0.2 s.
const (
	maxData   = 1 << 30   // bytes of memory written to
	maxCPU    = 60        // seconds
	maxOutput = 256 << 20 // bytes of a file written: the machine code that is kept
	niceness  = 15        // whatever else the machine has to do comes first
)

// limit bounds this process. A limit that the system does not know is left out:
// the deadline holds all the same.
func limit() {
	for resource, most := range map[int]uint64{
		syscall.RLIMIT_DATA: detector * maxData, syscall.RLIMIT_CPU: detector * maxCPU, syscall.RLIMIT_FSIZE: maxOutput, syscall.RLIMIT_CORE: 0,
	} {
		var now syscall.Rlimit
		if syscall.Getrlimit(resource, &now) == nil && now.Max > most {
			_ = syscall.Setrlimit(resource, &syscall.Rlimit{Cur: most, Max: most})
		}
	}
	_ = syscall.Setpriority(syscall.PRIO_PGRP, 0, niceness) // all of its threads: see apart
}

// apart gives a child a process group of its own, so that its priority is its
// own too, and a key pressed for the hub does not end it.
func apart(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }
