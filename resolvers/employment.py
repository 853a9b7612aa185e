"""How an employment's fields are answered."""

from resolvers.dictionary import coded
from resolvers.link import link

worker = link("worker_by_id", "worker_id", reference=True)
organization = link("organization_by_oid", "organization_oid", reference=True)
department = link("department_by_id", "department_id", reference=True)
absences = link("absences_by_employment", "id")
position = coded("positions", "position_code")
