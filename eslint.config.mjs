import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist',
      'node_modules',
      '**/cdk.out',
      'examples/**/*.mjs',
      'eslint.config.mjs',
      'bench/l2-production-stack.ts',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: 'test/tsconfig.json' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Constructs are used for their side effect on the tree, and props classes keep only static members by design.
      '@typescript-eslint/no-extraneous-class': 'off',
      'no-else-return': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'max-lines': ['error', 350],
    },
  },
  // What these print is what they are for: a container's log, a function's log, a person's terminal.
  { files: ['examples/**', 'bench/**', 'lambda/**'], rules: { 'no-console': 'off' } },
);
