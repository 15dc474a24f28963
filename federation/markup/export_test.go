package markup

import "testing"

// Judge sanitises raw and reports what oracle A finds.
func Judge(t *testing.T, raw string) {
	t.Helper()
	judge(t, raw, Sanitise(raw, nil))
	judge(t, raw, Sanitise(raw, base))
}
