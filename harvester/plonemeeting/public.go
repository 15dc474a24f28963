package plonemeeting

import (
	"slices"
	"strings"

	"github.com/plonegov/carillon/harvester/plone/restapi"
)

// The states that are public. Any other, also one that a site has made for
// itself, is not.
var (
	// meetingStates are those of Products.PloneMeeting from the publication
	// of the agenda on, and the two of plonemeeting.portal.core. Created and
	// frozen agendas are still the administration's own.
	meetingStates = []string{"published", "decided", "decisions_published", "closed", "archived", "in_project", "decision"}
	// decidedStates are the states of a point that was decided upon.
	decidedStates = []string{"accepted", "accepted_but_modified", "accepted_and_returned", "adopted", "adopted_but_modified",
		"refused", "accepted_out_of_meeting", "accepted_out_of_meeting_emergency", "confirmed"}
	// deferredStates are those of a point that was not: its motivation and
	// decision are a draft still.
	deferredStates = []string{"delayed", "removed", "postponed_next_meeting", "marked_not_applicable", "transfered"}
)

// closed says why o is not public, "" when it is.
func (k kind) closed(o restapi.Object) string {
	state := stateOf(o)
	switch k {
	case meeting:
		if state == "" && o.Raw("@type") != "" {
			return "it does not tell its state"
		}
		return unless(state == "" || slices.Contains(meetingStates, state), state)
	case point:
		return closedPoint(o, state)
	case annex:
		return closedAnnex(o)
	case publication:
		if state == "" {
			return "it does not tell its state"
		}
		return unless(state == "published", state)
	}
	return "unknown"
}

func unless(public bool, why string) string {
	if public {
		return ""
	}
	return why
}

// closedPoint goes by privacy and state. A point of the portal has neither:
// there its meeting is what is published. One of PloneMeeting that does not
// tell its privacy is public only when PloneMeeting prepared its public text, and
// one that does not tell its state is not public, whatever else it tells: a value
// that is absent is no milder than one that forbids.
func closedPoint(o restapi.Object, state string) string {
	privacy := token(o["privacy"])
	switch {
	case privacy != "" && privacy != "public" && privacy != "public_heading":
		return privacy
	case state != "" && !slices.Contains(decidedStates, state) && !slices.Contains(deferredStates, state) &&
		!(ofPortal(o) && slices.Contains(meetingStates, state)):
		return state
	case privacy == "" && !ofPortal(o) && publicText(o) == "":
		return "it does not tell its privacy"
	case state == "" && !ofPortal(o):
		return "it does not tell its state"
	}
	if parent := o.Object("parent"); ofPortal(o) && parent != nil {
		if s := stateOf(parent); s != "" && !slices.Contains(meetingStates, s) {
			return s
		}
	}
	return ""
}

// whole reports whether the text of a point is public beside its title.
func whole(o restapi.Object) bool {
	privacy, state := token(o["privacy"]), stateOf(o)
	if ofPortal(o) {
		return privacy != "public_heading"
	}
	return privacy == "public" && slices.Contains(decidedStates, state)
}

// closedAnnex goes by the flags of collective.iconifiedcategory. An annex is
// public when it is said to be, never by default.
func closedAnnex(o restapi.Object) string {
	switch {
	case !o.True("publishable"):
		return "it is not publishable"
	case o.True("confidential"):
		return "it is confidential"
	case len(o.Texts("visible_for_groups")) > 0:
		return "it is for some groups"
	}
	if parent := o.Object("parent"); strings.HasPrefix(parent.Raw("@type"), "MeetingItem") {
		s := stateOf(parent)
		if p := token(parent["privacy"]); p != "" && p != "public" {
			return "its point is " + p
		}
		if s == "" {
			return "its point does not tell its state"
		}
		return unless(slices.Contains(decidedStates, s), "its point is "+s)
	}
	return ""
}

// ofPortal reports whether a point comes from plonemeeting.portal.core, which
// holds only what an institution has sent there.
func ofPortal(o restapi.Object) bool {
	return !strings.HasPrefix(o.Raw("@type"), "Meeting") && !o.Has("itemNumber") && !o.Has("privacy")
}

func stateOf(o restapi.Object) string { return token(o["review_state"]) }

// token is a term by its token, or as it is. What is neither a term nor a
// text is a token nobody knows.
func token(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case map[string]any:
		return token(v["token"])
	}
	return "unknown"
}
