import { expect, it } from 'vitest';

const pages = import.meta.glob<string>('../**/*.svelte', { query: '?raw', import: 'default', eager: true });

it('no placeholder can be taken for a day, a number or an amount', () => {
  const found = Object.entries(pages).flatMap(([file, text]) =>
    [...text.matchAll(/placeholder=(?:"([^"]*)"|\{'([^']*)'\})/g)].map((match) => [
      file,
      match[1] ?? match[2] ?? '',
    ]),
  );
  expect(found.length).toBeGreaterThan(30);
  for (const [file, text] of found) {
    if (/\d|:\/\//.test(text!)) expect(text, file).toMatch(/e\.g\.|\(most critical\)/);
  }
});
