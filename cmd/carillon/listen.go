package main

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// checkAddress refuses what is no address to listen on, before anything else
// is begun.
func checkAddress(flag, address string) error {
	host, port, err := net.SplitHostPort(address)
	if err != nil || port == "" {
		example := "127.0.0.1:8080"
		if _, err := strconv.ParseUint(address, 10, 16); err == nil { // a port alone
			example = "127.0.0.1:" + address
		}
		return usageError{fmt.Errorf("%s=%s: give host:port, such as %s", flag, address, example)}
	}
	if n, err := strconv.ParseUint(port, 10, 16); err != nil {
		return usageError{fmt.Errorf("%s=%s: the port must be a number from 0 to 65535, such as %s", flag, address, net.JoinHostPort(host, "8080"))}
	} else if host == "" && n == 0 {
		return usageError{fmt.Errorf("%s=%s: give host:port, such as 127.0.0.1:8080", flag, address)}
	}
	return nil
}

// listen opens an address that checkAddress let pass.
func listen(flag, address string) (net.Listener, error) {
	l, err := net.Listen("tcp", address)
	if err == nil {
		return l, nil
	}
	host, port, _ := net.SplitHostPort(address) // it was checked
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("port %s of %s is in use by another program: end that one, or give another port with %s", port, host, flag)
	case errors.Is(err, syscall.EACCES), errors.Is(err, syscall.EPERM):
		return nil, fmt.Errorf("port %s may not be opened by this user: give one above 1023 with %s", port, flag)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return nil, fmt.Errorf("%s is no address of this machine: give one that is with %s, such as 127.0.0.1:%s", host, flag, port)
	}
	return nil, fmt.Errorf("cannot listen on %s: %w; give another address with %s", address, err, flag)
}
