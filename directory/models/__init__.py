"""The tables: HSDS 3 as the standard spells it, plus provenance, the change log, sealed places, accounts, desks, people's own records and peer support."""

from directory.models.account import Account, Link, Passkey, RecoveryCode, Role, SignIn, Throttle
from directory.models.agency import AgencyRule
from directory.models.base import Base, private
from directory.models.change import Change
from directory.models.client import CalendarLink, Caseload, Client, ClientEvent, ClientKey, ClientNote, ClientPart, ClientReminder, ClientView, Consent, Erased
from directory.models.contact import Contact, Language, Phone
from directory.models.coverage import Survey, UnmetSearch
from directory.models.desk import Claim, Draft, DraftApart, Report
from directory.models.freshness import Call, Confirmation, Reminder, ReminderRule
from directory.models.gazetteer import GazetteerFile, GazetteerRow
from directory.models.introduction import Introduction, IntroductionKey, PeerCheckIn, PeerMessage, PeerNote
from directory.models.location import Accessibility, Address, Location, LocationPrivate, ServiceAtLocation
from directory.models.organization import Funding, Organization, OrganizationIdentifier, Program, Url
from directory.models.past import CaseloadHand, ClientKeyPast
from directory.models.peer import PeerAct, PeerBlock, PeerNamed, PeerProfile, PeerReport, PeerRound, PeerScheme, PeerVouching
from directory.models.provenance import ImportRun, Provenance, Source
from directory.models.reconciling import Apart, Conflict, DatesRefused, DoNotList, Pair, Redirect
from directory.models.referral import OutcomeCount, OutcomeShown, OutcomeSlip, Referral, ReferralEvent, ReferralLetter
from directory.models.schedule import Schedule
from directory.models.service import CostOption, RequiredDocument, Service, ServiceArea, ServiceCapacity, Unit
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm
from directory.models.urgent import UrgentLine, UrgentPhrase, UrgentSayings
from directory.models.work import Lease, Mail
from directory.models.workspace import PeerOffer, SelfReview, StrengthOffer, TeamStrength

__all__ = [
    "Accessibility", "Account", "Address", "AgencyRule", "Apart", "Attribute", "Base", "CalendarLink", "Call", "Caseload", "CaseloadHand", "Change",
    "Claim", "Client", "ClientEvent", "ClientKey", "ClientKeyPast", "ClientNote", "ClientPart", "ClientReminder", "ClientView", "Confirmation", "Conflict",
    "Consent", "Contact", "CostOption", "DatesRefused", "DoNotList", "Draft", "DraftApart", "Erased", "Funding", "GazetteerFile", "GazetteerRow",
    "ImportRun", "Introduction", "IntroductionKey", "Language", "Lease", "Link", "Location", "LocationPrivate", "Mail", "Organization",
    "OrganizationIdentifier", "OutcomeCount", "OutcomeShown", "OutcomeSlip", "Pair", "Passkey", "PeerAct", "PeerBlock", "PeerCheckIn", "PeerMessage",
    "PeerNamed",
    "PeerNote", "PeerOffer", "PeerProfile", "PeerReport", "PeerRound", "PeerScheme", "PeerVouching", "Phone", "Program", "Provenance", "RecoveryCode",
    "Redirect", "Referral", "ReferralEvent", "ReferralLetter", "Reminder", "ReminderRule", "Report", "RequiredDocument", "Role", "Schedule", "SelfReview",
    "Service", "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "SignIn", "Source", "StrengthOffer", "Survey", "Taxonomy", "TaxonomyTerm",
    "TeamStrength", "Throttle", "Unit", "UnmetSearch", "UrgentLine", "UrgentPhrase", "UrgentSayings", "Url", "private",
]
