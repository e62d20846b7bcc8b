import { readdirSync } from 'node:fs';
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** The folders of src, each of which may use those before it. */
const layers = ['lib', 'ipc', 'components', 'state', 'entities', 'views', 'shell'];
const views = readdirSync(new URL('src/views', import.meta.url));

/** That files of a folder import nothing of certain others, with the reason. */
const barred = (folder, others, reason) => ({
  group: others.map((other) => `**/../${other}/**`),
  message: `src/${folder} ${reason}.`,
});
const boundary = (folder, patterns) => ({
  files: [`src/${folder}/**`],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const later = (layer) =>
  barred(layer, layers.slice(layers.indexOf(layer) + 1), 'knows nothing of the folders after it');
const boundaries = [
  ...layers.slice(0, -1).map((layer) => boundary(layer, [later(layer)])),
  ...views.map((view) => {
    const others = views.filter((other) => other !== view);
    return boundary(`views/${view}`, [later('views'), barred(`views/${view}`, others, 'uses no other view')]);
  }),
];

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
  ...boundaries,
);
