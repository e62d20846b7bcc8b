import { expect, test } from 'vitest';
import cases from './search-key-cases.json';
import { holdsWords, searchKey } from './search-key';

test('texts fold as they do in the program', () => {
  for (const [text, key] of cases) expect(searchKey(text!), text).toBe(key);
});

test('a key is its own key, whichever way the text is composed', () => {
  for (const [text] of cases) {
    const key = searchKey(text!);
    for (const same of [key, text!.normalize('NFC'), text!.normalize('NFD')])
      expect(searchKey(same)).toBe(key);
  }
});

test('every word has to occur in one of the texts', () => {
  expect(holdsWords('marquez  gdansk', 'Ana Márquez', 'Gdańsk')).toBe(true);
  expect(holdsWords('marquez oslo', 'Ana Márquez', 'Gdańsk')).toBe(false);
  expect(holdsWords('  ', 'Ana')).toBe(true);
  expect(holdsWords('ana', null)).toBe(false);
});
