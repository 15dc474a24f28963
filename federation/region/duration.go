package region

import (
	"fmt"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// durationYAML is a duration as time.ParseDuration reads it.
type durationYAML time.Duration

// UnmarshalYAML reads the text form only: a bare number has no unit.
func (d *durationYAML) UnmarshalYAML(n ast.Node) error {
	var s string
	err := yaml.NodeToValue(n, &s)
	v, bad := time.ParseDuration(s)
	if err != nil || bad != nil {
		return faultAt(n, fmt.Sprintf("%s is not a duration: write a number with a unit, such as 15m or 6h", n))
	}
	*d = durationYAML(v)
	return nil
}

// Duration is a duration as a region file has it, without the units that are
// zero: 15m, 6h; "" for 0.
func Duration(d time.Duration) string {
	if d == 0 {
		return ""
	}
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}
