/** The app of a platform repository, and all examples, by file. */
export const ENTRIES: readonly string[] = [
  'bin/app',
  ...['flights', 'pipelines', 'render', 'shared', 'showcase'].map((name) => `examples/${name}/app`),
];
