"""How a staffing unit's fields are answered."""

from resolvers.dictionary import coded
from resolvers.link import link

organization = link("organization_by_oid", "organization_oid", reference=True)
department = link("department_by_id", "department_id", reference=True)
position = coded("positions", "position_code")
