/** Reports by what they are asked for. One that is not named here stands at the end. */

export const GROUPS: readonly { title: string; reports: readonly string[] }[] = [
  { title: 'Broken', reports: ['broken-features', 'errors'] },
  {
    title: 'Slow',
    reports: [
      'web-vitals',
      'hot-paths',
      'hottest',
      'hotspots',
      'slowest-tasks',
      'slow-tasks',
      'n-plus-one',
      'sequential-awaits',
      'slow-resources',
      'cpu-hotspots',
    ],
  },
  { title: 'Changed', reports: ['drift'] },
  { title: 'Unused', reports: ['dead-code', 'never-used-imports', 'unused-dependencies'] },
  { title: 'Covered', reports: ['flag-coverage', 'coverage-gap'] },
  { title: 'Memory', reports: ['leak-suspects'] },
];

export interface Named {
  name: string;
  title: string;
}

/** Every report once, in its group. */
export function grouped(all: readonly Named[]): { title: string; reports: Named[] }[] {
  const named = new Set(GROUPS.flatMap(({ reports }) => reports));
  const others = all.filter(({ name }) => !named.has(name)).map(({ name }) => name);
  return [...GROUPS, { title: 'Others', reports: others }]
    .map(({ title, reports }) => ({
      title,
      reports: reports.flatMap((name) => all.find((each) => each.name === name) ?? []),
    }))
    .filter(({ reports }) => reports.length > 0);
}
