/** Each folder of helpers may import those before it, and none after it. */
const layers = [
  ...[
    'text',
    'settings',
    'profile',
    'refusals',
    'api',
    'target-process',
    'ledger',
    'findings',
    'matchers',
    'database',
    'seeding',
    'model',
  ],
  ...['load', 'target-check', 'target-draft', 'report', 'mutation', 'cli'],
];

/** Folders of helpers that start the bundled shops. */
const startShops = ['load/bench', 'mutation', 'cli'].map((folder) => `^helpers/${folder}/`);

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circles',
      comment: 'Files that import one another, types included, can only be understood together.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    ...layers.slice(0, -1).map((layer, place) => ({
      name: `layer-${layer}`,
      comment: `helpers/${layer} may import ${layers.slice(0, place).join(', ') || 'no other folder of helpers'}.`,
      severity: 'error',
      from: { path: `^helpers/${layer}/` },
      to: { path: `^helpers/(${layers.slice(place + 1).join('|')})/` },
    })),
    {
      name: 'helpers-below-fixtures',
      comment: 'Fixtures are built on helpers, and not the other way round; some helpers start the bundled shops.',
      severity: 'error',
      from: { path: '^helpers/' },
      to: { path: '^fixtures/', pathNot: '^fixtures/shops/' },
    },
    {
      name: 'shops-started-above',
      comment: 'Only the matrix, the benchmark and the commands start bundled shops.',
      severity: 'error',
      from: { path: '^helpers/', pathNot: startShops },
      to: { path: '^fixtures/shops/' },
    },
    {
      name: 'shops-stand-alone',
      comment: 'A shop that is tested imports nothing of the suite.',
      severity: 'error',
      from: { path: '^fixtures/shops/(reference|hhplus|other)/' },
      to: { path: '^(helpers|tests|fixtures/(?!shops/))' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'Tests are imported by tests alone.',
      severity: 'error',
      from: { path: '^(helpers|fixtures)/' },
      to: { path: '^tests/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
};
