// Command carillon is a content federation hub for municipalities: it harvests
// what a region and its communes publish, and republishes it as a portal,
// feeds, JSON and widgets. See docs/ and `carillon --help`.
//
// This package is wiring: the only place that knows every concrete type.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"
)

// Exit codes of the contract.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// streams are what a command reads and writes besides the network.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	var cli commands
	code := -1
	parser, err := kong.New(&cli,
		kong.Name("carillon"),
		kong.Description("Collects what municipalities publish and shows it on a portal and on their own sites."),
		kong.DefaultEnvars("CARILLON"),
		kong.UsageOnError(),
		kong.Vars{"version": "carillon " + version() + commit()},
		kong.Writers(stdout, stderr),
		kong.Exit(func(c int) { code = c }),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(streams{in: stdin, out: stdout, err: stderr}),
	)
	if err != nil {
		fmt.Fprintln(stderr, "carillon:", err)
		return exitFailed
	}
	if len(args) == 0 { // whoever types the name alone wants to know what there is
		_, _ = parser.Parse([]string{"--help"}) // it answers and does not return a command
		return exitUsage
	}
	command, err := parser.Parse(args)
	if code >= 0 { // --help has answered
		return code
	}
	if err != nil {
		fmt.Fprintf(stderr, "carillon: %v\nTry 'carillon --help'.\n", err)
		return exitUsage
	}
	if err := command.Run(); err != nil && !(errors.Is(err, context.Canceled) && ctx.Err() != nil) {
		fmt.Fprintln(stderr, "carillon:", err)
		return exitCode(err)
	}
	return exitDone
}

// usageError is a flag or argument whose value cannot be meant.
type usageError struct{ error }

func exitCode(err error) int {
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitFailed
}
