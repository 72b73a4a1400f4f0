import js from '@eslint/js'
import svelte from 'eslint-plugin-svelte'
import globals from 'globals'
import ts from 'typescript-eslint'

/** Rooms that take time and chance as arguments, so that a replay gives the same answer as the live run. */
const pure = ['book', 'metrics', 'alerts', 'market', 'sim', 'algos', 'forecast', 'math', 'portfolio']

export default ts.config(
  { ignores: ['out', 'node_modules', 'resources/default_app'] },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  ...svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        extraFileExtensions: ['.svelte'],
        tsconfigRootDir: import.meta.dirname
      }
    },
    rules: {
      eqeqeq: 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      // Indexing typed arrays inside loops bounded by their length is the hot path's daily bread.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }]
    }
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } }
  },
  // TypeScript itself resolves names in .ts files; svelte-check does in .svelte.
  { files: ['**/*.ts', '**/*.svelte'], rules: { 'no-undef': 'off' } },
  { files: ['**/*.js', '**/*.mjs', 'test/**'], ...ts.configs.disableTypeChecked },
  { files: ['**/*.js', '**/*.mjs'], languageOptions: { globals: globals.node } },
  {
    files: [`src-main/engine/{${pure.join(',')}}/**/*.ts`, 'src-shared/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[object.name='Date'][property.name='now']",
          message: 'Take the time as an argument.'
        },
        {
          selector: "MemberExpression[object.name='Math'][property.name='random']",
          message: 'Take the randomness as an argument.'
        },
        {
          selector: "MemberExpression[object.name='performance'][property.name='now']",
          message: 'Take the time as an argument.'
        }
      ]
    }
  }
)
