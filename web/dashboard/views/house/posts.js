// The staffing schedule as rows and sums: posts planned, rates occupied, what is vacant.
const number = (value) => (value === null || value === undefined ? null : Number(value));
const sum = (rows, name) => rows.reduce((all, row) => (all === null || row[name] === null ? null : all + row[name]), 0);

export function postsOf(answer) {
  const staffing = answer.data.organization?.staffing;
  if (!staffing) return null;
  const rows = staffing.map((line) => ({
    code: line.position.code,
    name: line.position.name ?? line.position.code,
    posts: number(line.posts),
    occupied: number(line.occupied),
    vacant: number(line.vacant),
    people: line.people,
  }));
  return { rows, sums: { posts: sum(rows, "posts"), occupied: sum(rows, "occupied"), vacant: sum(rows, "vacant") } };
}
