"""Organizations, licences and credentials, each filtered by the others' facts."""

from benchmarks.search.published.searching import Search, ordered
from benchmarks.search.values import Value

OTHERS = (
    Search(
        "organizations_with",
        "organizations of a region that employ a specialty",
        "organizations",
        {
            "where": {
                "regions": [Value.REGION],
                "employments": {
                    "some": {
                        "current": True,
                        "worker": {
                            "credentials": {"some": {"inForce": True, "specialties": [Value.SPECIALTY]}}
                        },
                    }
                },
            },
            "orderBy": ordered("NAME"),
        },
    ),
    Search(
        "organizations_without_license",
        "active organizations without a licence, by staff",
        "organizations",
        {
            "where": {"statuses": ["ACTIVE"], "licensed": False, "staff": {"from": 1}},
            "orderBy": ordered("-STAFF", "NAME"),
        },
    ),
    Search(
        "organizations_text", "organizations by a name", "organizations", {"query": Value.ORGANIZATION_NAME}
    ),
    Search(
        "organizations_facets",
        "facets of organizations of a kind: region, ownership, activity",
        "organizations_facets",
        {"where": {"kinds": [Value.KIND]}, "by": ["REGION", "OWNERSHIP", "ACTIVITY"]},
    ),
    Search(
        "licenses_of_kind",
        "licences with an activity whose organization is of a kind",
        "licenses",
        {
            "where": {
                "inForce": True,
                "activities": [Value.ACTIVITY],
                "organization": {"kinds": [Value.KIND]},
            },
            "orderBy": ordered("ORGANIZATION", "NUMBER"),
        },
    ),
    Search(
        "licenses_ending",
        "licences that end within months, by holder",
        "licenses",
        {
            "where": {"validUntil": {"from": Value.TODAY, "to": Value.MONTHS_AHEAD}},
            "orderBy": ordered("HOLDER"),
        },
    ),
    Search("license_number", "a licence by its number", "licenses", {"query": Value.LICENSE_NUMBER}),
    Search(
        "credentials_ending",
        "credentials of a specialty that end within weeks in a region",
        "credentials",
        {
            "where": {
                "specialties": [Value.SPECIALTY],
                "inForce": True,
                "validUntil": {"from": Value.TODAY, "to": Value.WEEKS_AHEAD},
                "worker": {"regions": [Value.REGION]},
            },
            "orderBy": ordered("VALID_UNTIL", "WORKER"),
        },
    ),
    Search(
        "credentials_by_organization",
        "credentials of a rare specialty by organization",
        "credentials",
        {
            "where": {"specialties": [Value.RARE_SPECIALTY], "inForce": True},
            "orderBy": ordered("ORGANIZATION"),
        },
    ),
    Search(
        "credential_number",
        "a credential by its number",
        "credentials",
        {"where": {"numbers": [Value.CREDENTIAL_NUMBER]}, "orderBy": ordered("NUMBER")},
    ),
)
