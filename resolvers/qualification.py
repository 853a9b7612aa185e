"""How the fields of education, credentials, categories and trainings are answered."""

from resolvers.dictionary import coded
from resolvers.link import link

worker = link("worker_by_snils", "worker_snils", reference=True, hidden=True)
specialty = coded("specialties", "specialty_code")
position = coded("positions", "position_code")
education_kind = coded("education_kinds", "kind_code")
category = coded("qualification_categories", "category")
