package jsonld

import (
	"slices"
	"strings"
)

// kind is what an object is to us.
type kind int

const (
	other kind = iota
	news
	event
	service
	place
	announcement
	job
	notice
	document
	media // content only where nothing else on the page is
)

// kinds holds the types of schema.org 29.0 that hold content and that no rule
// of kindOf tells.
var kinds = map[string]kind{
	"Article": news, "Report": news, "SocialMediaPosting": news, "Posting": news, "LiveBlogPosting": news,
	"Festival": event, "EventSeries": event, "Hackathon": event, "CourseInstance": event, "Event": event,
	"Service": service, "GovernmentService": service, "CableOrSatelliteService": service, "FoodService": service,
	"FinancialProduct": service, "TaxiService": service, "WebAPI": service, "PublicService": service,
	"Place": place, "LocalBusiness": place, "CivicStructure": place, "AdministrativeArea": place, "City": place,
	"Landform": place, "TouristAttraction": place, "TouristDestination": place, "Residence": place, "Accommodation": place,
	"LandmarksOrHistoricalBuildings": place, "GovernmentOffice": place, "GovernmentBuilding": place, "CityHall": place,
	"TouristInformationCenter": place, "Library": place, "Museum": place, "Park": place, "Playground": place,
	"RecyclingCenter": place, "EmergencyService": place, "PoliceStation": place, "FireStation": place, "Hospital": place,
	"ChildCare": place, "EmploymentAgency": place, "SportsActivityLocation": place, "StadiumOrArena": place,
	"PublicSwimmingPool": place, "Cemetery": place, "ParkingFacility": place, "EventVenue": place, "PostOffice": place,
	"PerformingArtsTheater": place, "MusicVenue": place, "MovieTheater": place, "Zoo": place, "Aquarium": place,
	"Courthouse": place, "Embassy": place, "DefenceEstablishment": place, "LegislativeBuilding": place, "School": place,
	"PlaceOfWorship": place, "CatholicChurch": place, "Church": place, "Mosque": place, "Synagogue": place,
	"BusStation": place, "BusStop": place, "TrainStation": place, "Airport": place, "Bridge": place, "Beach": place,
	"Campground": place, "PublicToilet": place, "Crematorium": place, "RVPark": place, "TaxiStand": place, "SubwayStation": place,
	"SpecialAnnouncement": announcement, "JobPosting": job, "Legislation": notice, "LegislationObject": notice,
	"DigitalDocument": document, "TextDigitalDocument": document, "PresentationDigitalDocument": document, "SpreadsheetDigitalDocument": document,
	"VideoObject": media, "AudioObject": media, "PodcastEpisode": media,
}

// passedOver are types that describe the site, or serve another object, and are
// left out without a word.
var passedOver = []string{
	"WebSite", "WebPage", "AboutPage", "CheckoutPage", "CollectionPage", "ContactPage", "FAQPage", "ItemPage", "MedicalWebPage",
	"ProfilePage", "QAPage", "RealEstateListing", "SearchResultsPage", "WebPageElement", "SiteNavigationElement", "WPHeader",
	"WPFooter", "WPSideBar", "WPAdBlock", "BreadcrumbList", "ItemList", "ListItem", "OfferCatalog", "DataFeed", "DataFeedItem",
	"Blog", "SearchAction", "ReadAction", "EntryPoint", "Person", "ImageObject", "ImageGallery", "MediaGallery", "ContactPoint",
	"PostalAddress", "GeoCoordinates", "VirtualLocation", "Offer", "AggregateOffer", "AggregateRating", "Rating", "Review",
	"Comment", "Question", "Answer", "Language", "DefinedTerm", "SpeakableSpecification", "OpeningHoursSpecification",
	"PropertyValue", "Thing", "Brand", "CreativeWork", "Periodical", "PublicationIssue", "Schedule", "Collection",
}

// isOrganisation reports whether n is a body that may have premises without
// being a place in schema.org.
func (n node) isOrganisation() bool {
	return slices.ContainsFunc(n.types(), func(t string) bool {
		return strings.HasSuffix(t, "Organization") || strings.HasSuffix(t, "Corporation") || t == "NGO" || t == "EducationalOrganization" ||
			t == "SportsClub" || t == "SportsTeam" || t == "PerformingGroup" || t == "Consortium" || t == "Cooperative"
	})
}

// kindOf tells the kind by the types, the first that says anything.
func (n node) kindOf() kind {
	for _, t := range n.types() {
		if k, ok := kinds[t]; ok {
			return k
		}
		switch {
		case slices.Contains(passedOver, t) || strings.HasSuffix(t, "Action"):
			continue
		case strings.HasSuffix(t, "Article") || strings.HasSuffix(t, "Posting"):
			return news
		case t == "PublicationEvent" || t == "BroadcastEvent" || t == "OnDemandEvent":
			continue
		case strings.HasSuffix(t, "Event"):
			return event
		case n.isOrganisation():
			continue
		case n["address"] != nil || n["geo"] != nil || n["openingHours"] != nil || n["openingHoursSpecification"] != nil:
			return place // one of the two hundred kinds of LocalBusiness and CivicStructure
		}
	}
	return other
}
