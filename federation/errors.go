package federation

import (
	"errors"
	"fmt"
	"time"
)

// The kinds of failure a caller can act on. Wrap them with %w and the
// arguments: `get item "x": not found`. api/web maps each to a status.
var (
	// ErrNotFound: nothing has this name. HTTP 404.
	ErrNotFound = errors.New("not found")
	// ErrGone: it existed and was withdrawn; a tombstone remains. HTTP 410.
	ErrGone = errors.New("withdrawn")
	// ErrInvalid: the caller's input is wrong; the message says where. HTTP 400.
	ErrInvalid = errors.New("invalid")
	// ErrConflict: a lease or a version was lost to somebody else. HTTP 409.
	ErrConflict = errors.New("conflict")
	// ErrForbidden: the caller may not. HTTP 403.
	ErrForbidden = errors.New("forbidden")
	// ErrUnavailable: try again later. HTTP 503.
	ErrUnavailable = errors.New("unavailable")
)

// InvalidError is an [ErrInvalid] that names the parameter or field at fault,
// in words for the person who wrote it.
type InvalidError struct {
	Field  string // the key as the user wrote it: "radius", "members[2].slug"
	Reason string // a sentence without a full stop: "must be between 1 and 100"

	// Code names the fault for who has sentences of other languages; "" where
	// people cannot cause it. See api/portal, sentences "fault_…".
	Code  string
	Value string // what was written, or the bound that it broke, for the sentence
}

func (e *InvalidError) Error() string { return fmt.Sprintf("%s: %s", e.Field, e.Reason) }

// Is makes errors.Is(err, ErrInvalid) hold.
func (e *InvalidError) Is(target error) bool { return target == ErrInvalid }

// Invalid returns an [InvalidError] for field; the rest is as for fmt.Sprintf.
func Invalid(field, format string, args ...any) error {
	return &InvalidError{Field: field, Reason: fmt.Sprintf(format, args...)}
}

// InvalidAs is [Invalid] for a fault that readers are told of in their language.
func InvalidAs(code, field, value, format string, args ...any) error {
	return &InvalidError{Field: field, Reason: fmt.Sprintf(format, args...), Code: code, Value: value}
}

// NotFoundError is an [ErrNotFound] that names what was asked.
type NotFoundError struct {
	Kind string // "member", "item" and the like
	Name string
}

func (e *NotFoundError) Error() string { return fmt.Sprintf("%s %q: %v", e.Kind, e.Name, ErrNotFound) }

// Is makes errors.Is(err, ErrNotFound) hold.
func (e *NotFoundError) Is(target error) bool { return target == ErrNotFound }

// NotFound returns a [NotFoundError].
func NotFound(kind, name string) error { return &NotFoundError{kind, name} }

// UnavailableError is an [ErrUnavailable] that is expected and soon over: it is
// told, and no fault to look into.
type UnavailableError struct {
	Reason string        // a sentence without a full stop, for the person who asked
	After  time.Duration // when it is worth asking again; more than 0
}

func (e *UnavailableError) Error() string { return e.Reason }

// Is makes errors.Is(err, ErrUnavailable) hold.
func (e *UnavailableError) Is(target error) bool { return target == ErrUnavailable }

// ForbiddenError is an [ErrForbidden] with what would make it allowed, in words
// for the person who asked.
type ForbiddenError struct {
	Reason string // a sentence without a full stop
}

func (e *ForbiddenError) Error() string { return e.Reason }

// Is makes errors.Is(err, ErrForbidden) hold.
func (e *ForbiddenError) Is(target error) bool { return target == ErrForbidden }

// Forbidden returns a [ForbiddenError]; the arguments are as for fmt.Sprintf.
func Forbidden(format string, args ...any) error {
	return &ForbiddenError{Reason: fmt.Sprintf(format, args...)}
}
