"""How a department's fields are answered."""

from resolvers.link import link

organization = link("organization_by_oid", "organization_oid", reference=True)
parent = link("department_by_id", "parent_id", reference=True)
employments = link("employments_by_department", "organization_oid", "id")
