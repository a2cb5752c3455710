"""The tables: HSDS 3 as the standard spells it, plus provenance, the change log, the sealed places and the gazetteer."""

from directory.models.base import Base, private
from directory.models.change import Change
from directory.models.contact import Contact, Language, Phone
from directory.models.gazetteer import GazetteerFile, GazetteerRow
from directory.models.location import Accessibility, Address, Location, LocationPrivate, ServiceAtLocation
from directory.models.organization import Funding, Organization, OrganizationIdentifier, Program, Url
from directory.models.provenance import Provenance, Source
from directory.models.schedule import Schedule
from directory.models.service import CostOption, RequiredDocument, Service, ServiceArea, ServiceCapacity, Unit
from directory.models.taxonomy import Attribute, Taxonomy, TaxonomyTerm
from directory.models.urgent import UrgentPhrase

__all__ = [
    "Accessibility", "Address", "Attribute", "Base", "Change", "Contact", "CostOption", "Funding", "GazetteerFile", "GazetteerRow", "Language",
    "Location", "LocationPrivate", "Organization", "OrganizationIdentifier", "Phone", "Program", "Provenance", "RequiredDocument", "Schedule",
    "Service", "ServiceArea", "ServiceAtLocation", "ServiceCapacity", "Source", "Taxonomy", "TaxonomyTerm", "Unit", "UrgentPhrase", "Url", "private",
]
