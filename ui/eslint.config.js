import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['dist', 'src/ipc/bindings.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
  {
    rules: {
      // Links are addresses of the window's own, after the #; there is no router to resolve them.
      'svelte/no-navigation-without-resolve': 'off',
      // Collections here are replaced as a whole, which plain ones in `$state.raw` and `$derived` do well.
      'svelte/prefer-svelte-reactivity': 'off',
      // A lone space needs its braces, or the formatter takes it away.
      'svelte/no-useless-mustaches': 'off',
    },
  },
);
