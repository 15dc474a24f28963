package federation

import (
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// NextCron is the next time of a cron text of five fields after a time, in that
// time's zone. What robfig/cron 3.0.1 would take wrongly is ErrInvalid at
// "cron", as is what it cannot read: a time zone prefix makes its parser panic,
// and a date that never comes gives the zero time.
func NextCron(spec string, after time.Time) (time.Time, error) {
	if strings.Contains(spec, "TZ=") {
		return time.Time{}, Invalid("cron", "%q: leave the time zone out; times are the hub's", spec)
	}
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return time.Time{}, Invalid("cron", "%q has not the five fields minute, hour, day, month, weekday", spec)
	}
	next := schedule.Next(after)
	if next.IsZero() {
		return time.Time{}, Invalid("cron", "%q never comes", spec)
	}
	return next, nil
}
