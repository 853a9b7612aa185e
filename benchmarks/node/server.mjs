// Mercurius with its JIT and loaders over the same registries, tuned by its own documentation and pg's:
// documents cached, compiled at the first run, batched loaders, prepared statements, no logs, no hooks.
import { readFileSync } from 'node:fs'
import Fastify from 'fastify'
import mercurius from 'mercurius'
import pg from 'pg'

const CONNECTIONS = 8
const FOLDER = new URL('../', import.meta.url)

// Dates and decimals leave as the text in which PostgreSQL sends them.
pg.types.setTypeParser(pg.types.builtins.DATE, text => text)

const statements = Object.fromEntries(
  readFileSync(new URL('statements.sql', FOLDER), 'utf8').split('-- name: ').slice(1).map(part => {
    const end = part.indexOf('\n')
    return [part.slice(0, end), part.slice(end + 1).trim()]
  })
)
const pools = Object.fromEntries(['WORKERS', 'ORGANIZATIONS', 'LICENSES', 'QUALIFICATIONS'].map(registry => [
  registry,
  new pg.Pool({
    connectionString: process.env[`SVOD_${registry}_URL`],
    max: CONNECTIONS,
    idleTimeoutMillis: 0,
    options: '-c jit=off -c plan_cache_mode=force_generic_plan'
  })
]))

const rows = async (registry, name, ...values) =>
  (await pools[registry].query({ name, text: statements[name], values })).rows

// What a position or a specialty is called: read by the harness from the gateway's own reference data.
const NAMELESS = { name: null }
const named = JSON.parse(readFileSync(process.env.BENCHMARK_DICTIONARIES, 'utf8'))
const entry = (dictionary, code) => named[dictionary][code] ?? NAMELESS

const one = (registry, name, key, of) => async queries => {
  const keys = [...new Set(queries.map(({ obj }) => obj[of]))]
  const found = new Map((await rows(registry, name, keys)).map(row => [row[key], row]))
  return queries.map(({ obj }) => found.get(obj[of]) ?? null)
}

const many = (registry, name, key, of) => async queries => {
  const groups = new Map(queries.map(({ obj }) => [obj[of], []]))
  for (const row of await rows(registry, name, [...groups.keys()])) groups.get(row[key]).push(row)
  return queries.map(({ obj }) => groups.get(obj[of]))
}

const NODES = {
  Worker: ['WORKERS', 'workers_by_id', 'id'],
  Organization: ['ORGANIZATIONS', 'organizations_by_oid', 'oid'],
  License: ['LICENSES', 'licenses_by_id', 'id'],
  Credential: ['QUALIFICATIONS', 'credentials_by_id', 'id']
}

async function nodes (_, { ids }) {
  const asked = ids.map(id => Buffer.from(id, 'base64url').toString().split(':'))
  const keys = {}
  for (const [noun, key] of asked) (keys[noun] ??= []).push(key)
  const found = {}
  await Promise.all(Object.entries(keys).map(async ([noun, wanted]) => {
    const [registry, name, key] = NODES[noun]
    for (const row of await rows(registry, name, wanted)) {
      row.noun = noun
      found[`${noun}:${row[key]}`] = row
    }
  }))
  return asked.map(([noun, key]) => found[`${noun}:${key}`] ?? null)
}

const schema = `
  scalar RegistryNumber
  scalar Oid
  scalar Date
  type Query {
    worker(registryNumber: RegistryNumber!): Worker
    organization(oid: Oid!): Organization
    nodes(ids: [ID!]!): [Node]!
  }
  interface Node { id: ID! }
  type Entry { name: String }
  type Worker implements Node {
    id: ID! registryNumber: String! lastName: String! firstName: String! middleName: String status: String!
    registeredOn: Date! employments: [Employment!] licenses: [License!] credentials: [Credential!]
    educations: [Education!] categories: [Category!]
  }
  type Employment {
    position: Entry! kind: String! startedOn: Date! endedOn: Date organization: Organization worker: Worker
  }
  type EmploymentConnection { nodes: [Employment!]! }
  type Organization implements Node {
    id: ID! oid: String! shortName: String! fullName: String! address: String!
    staffingUnits: [StaffingUnit!] employments(first: Int = 20): EmploymentConnection
  }
  type StaffingUnit { position: Entry! posts: String! }
  type License implements Node { id: ID! holderName: String! number: String! status: String! issuedOn: Date! validUntil: Date }
  type Credential implements Node {
    id: ID! kind: String! number: String! specialty: Entry! issuedOn: Date! validUntil: Date! status: String!
  }
  type Education { kind: Entry! institution: String! specialty: Entry! finishedYear: Int }
  type Category { category: Entry! specialty: Entry! validUntil: Date! }
`

const today = process.env.BENCHMARK_TODAY
const specialty = row => entry('specialties', row.specialty_code)
const position = row => entry('positions', row.position_code)

const resolvers = {
  Query: {
    worker: async (_, { registryNumber }) => (await rows('WORKERS', 'worker_by_number', registryNumber))[0] ?? null,
    organization: async (_, { oid }) => (await rows('ORGANIZATIONS', 'organization_by_oid', oid))[0] ?? null,
    nodes
  },
  Node: { resolveType: row => row.noun },
  Worker: {
    registryNumber: row => row.registry_number,
    lastName: row => row.last_name,
    firstName: row => row.first_name,
    middleName: row => row.middle_name,
    registeredOn: row => row.registered_on
  },
  Organization: {
    shortName: row => row.short_name,
    fullName: row => row.full_name,
    employments: async (row, { first }) => ({ nodes: (await rows('WORKERS', 'current_staff', row.oid, today)).slice(0, first) })
  },
  StaffingUnit: { position },
  Employment: { position, startedOn: row => row.started_on, endedOn: row => row.ended_on },
  License: { holderName: row => row.holder_name, issuedOn: row => row.issued_on, validUntil: row => row.valid_until },
  Credential: { specialty, issuedOn: row => row.issued_on, validUntil: row => row.valid_until },
  Education: {
    kind: row => entry('education_kinds', row.kind_code), specialty, finishedYear: row => row.finished_year
  },
  Category: {
    category: row => entry('qualification_categories', row.category), specialty, validUntil: row => row.valid_until
  }
}

const loader = batch => ({ loader: batch, opts: { cache: false } })
const loaders = {
  Worker: {
    employments: loader(many('WORKERS', 'employments_by_worker', 'worker_id', 'id')),
    licenses: loader(many('LICENSES', 'licenses_by_worker', 'worker_snils', 'snils')),
    credentials: loader(many('QUALIFICATIONS', 'credentials_by_worker', 'worker_snils', 'snils')),
    educations: loader(many('QUALIFICATIONS', 'educations_by_worker', 'worker_snils', 'snils')),
    categories: loader(many('QUALIFICATIONS', 'categories_by_worker', 'worker_snils', 'snils'))
  },
  Employment: {
    organization: loader(one('ORGANIZATIONS', 'organizations_by_oid', 'oid', 'organization_oid')),
    worker: loader(one('WORKERS', 'workers_by_id', 'id', 'worker_id'))
  },
  Organization: {
    staffingUnits: loader(many('ORGANIZATIONS', 'staffing_units_by_organization', 'organization_oid', 'oid'))
  }
}

const app = Fastify({ logger: false })
app.register(mercurius, { schema, resolvers, loaders, jit: 1 })
await app.listen({ host: '127.0.0.1', port: Number(process.env.BENCHMARK_PORT) })
process.on('SIGTERM', () => process.exit(0))
