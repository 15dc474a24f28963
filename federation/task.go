package federation

import "time"

// TaskHarvest is the kind of the tasks that fetch a source; the key is the
// source's full name.
const TaskHarvest = "harvest"

// Task is work with a due time and a lease. (Kind, Key) is its identity, so
// that putting it twice is putting it once.
type Task struct {
	Kind     string
	Key      string
	Due      time.Time
	Attempts int       // claims so far
	Token    int64     // fencing: grows with every claim; a holder of an old one has lost
	Leased   time.Time // until when it is claimed; zero when free
}
