// All cardiologists, page by page, typed from schema.graphql: a field that is not there, a filter of another shape or a null
// that was not thought of does not compile.
//
//   npm ci && npm run generate && npm run build && node dist/main.js ADDRESS TOKEN

import { print } from '@0no-co/graphql.web';
import { initGraphQLTada, type ResultOf, type TadaDocumentNode, type VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.js';

const graphql = initGraphQLTada<{
  introspection: introspection;
  // Dates and keys are texts in JSON.
  scalars: { Date: string; DateTime: string; Oid: string; RegistryNumber: string };
}>();

const Cardiologists = graphql(`
  query Cardiologists($where: WorkerWhere, $first: Int!, $after: String) {
    workers(where: $where, first: $first, after: $after) {
      totalCount
      nodes { registryNumber fullName registeredOn region { name } }
      pageInfo { hasNextPage endCursor }
    }
  }
`);

type Variables = VariablesOf<typeof Cardiologists>;
export type Where = NonNullable<Variables['where']>;
export type Page = NonNullable<ResultOf<typeof Cardiologists>['workers']>;

interface Answer<Data> {
  data?: Data | null;
  errors?: { message: string; extensions?: { code?: string } }[];
}

async function ask<Data, Given>(
  address: string,
  token: string,
  document: TadaDocumentNode<Data, Given>,
  variables: Given,
): Promise<Data> {
  const response = await fetch(`${address}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
    body: JSON.stringify({ query: print(document as never), variables }),
  });
  const answer = (await response.json()) as Answer<Data>;
  if (answer.errors !== undefined || answer.data === undefined || answer.data === null) {
    throw new Error(answer.errors?.map((each) => each.message).join('; ') ?? 'no data');
  }
  return answer.data;
}

async function* pages(address: string, token: string, where: Where): AsyncGenerator<Page> {
  let after: string | null = null;
  do {
    const found: ResultOf<typeof Cardiologists> = await ask(address, token, Cardiologists, { where, first: 10, after });
    if (found.workers === null) throw new Error('the search was not answered');
    yield found.workers;
    after = found.workers.pageInfo.hasNextPage ? found.workers.pageInfo.endCursor : null;
  } while (after !== null);
}

const [address, token] = process.argv.slice(2);
if (address === undefined || token === undefined) throw new Error('give an address and a token');

const names: string[] = [];
let total: number | null = null;
const where: Where = {
  credentials: { some: { specialties: ['118'], inForce: true } },
};
for await (const page of pages(address, token, where)) {
  total = page.totalCount;
  for (const worker of page.nodes) {
    if (worker !== null) names.push(`${worker.registryNumber} ${worker.fullName}`);
  }
}
console.log(JSON.stringify({ names, total }));
