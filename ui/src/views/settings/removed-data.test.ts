import { expect, test } from 'vitest';
import { formatField, formatKind } from './removed-data';

test('what was removed is said in the words of the user', () => {
  expect(formatKind('position', 1200)).toBe('1 200 positions');
  expect(formatKind('person', 2)).toBe('2 people');
  expect(formatKind('approval', 1)).toBe('1 baseline');
  expect(formatField('pay_up_to')).toBe('salary max');
  expect(formatField('extra.hris')).toBe('hris data');
  expect(formatField('links.url')).toBe('links, url');
});
