package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// origin is a process of this program that serves the feeds. It is one of its
// own so that neither its work nor its memory counts for the hub.
type origin struct {
	cmd     *exec.Cmd
	to      io.WriteCloser
	answers *bufio.Scanner
	ports   []int
}

func startOrigin(ctx context.Context, p publication) (*origin, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	o := &origin{cmd: exec.CommandContext(ctx, self, "-serve", fmt.Sprint("-feeds=", p.feeds), fmt.Sprint("-items=", p.items), fmt.Sprint("-hosts=", p.hosts))}
	o.cmd.Stderr = os.Stderr
	if o.to, err = o.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	from, err := o.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	o.answers = bufio.NewScanner(from)
	if err := o.cmd.Start(); err != nil {
		return nil, err
	}
	line, err := o.answer()
	for _, field := range strings.Fields(line) {
		var port int
		if _, err := fmt.Sscan(field, &port); err != nil {
			return nil, err
		}
		o.ports = append(o.ports, port)
	}
	return o, err
}

// say sends a command and returns the answer.
func (o *origin) say(command string) (string, error) {
	if _, err := fmt.Fprintln(o.to, command); err != nil {
		return "", err
	}
	return o.answer()
}

// counts is how many 200 and how many 304 it sent since last asked.
func (o *origin) counts() (n [2]int, err error) {
	line, err := o.say(sayCounts)
	if err != nil {
		return n, err
	}
	_, err = fmt.Sscan(line, &n[0], &n[1])
	return n, err
}

func (o *origin) answer() (string, error) {
	if !o.answers.Scan() {
		return "", fmt.Errorf("the origin ended before it answered: %v", o.answers.Err())
	}
	return o.answers.Text(), nil
}

// close ends the origin, and waits for it.
func (o *origin) close() error {
	_ = o.to.Close()
	return o.cmd.Wait()
}
