import { expect, it } from 'vitest';
import { conditionWords } from './condition-words';

const owner = { title: 'Owner', none: 'Unowned' };
const names: Record<string, string> = { 'team:1': 'Payments', 'team:2': 'Search' };
const words = (condition: object) => conditionWords(owner, condition, (id) => names[id]);

it('says what a column is filtered by', () => {
  expect(words({ anyOf: ['team:1', 'team:2', ''] })).toBe('Payments or Search or Unowned');
  expect(words({ anyOf: ['a', 'b', 'c', 'd'] })).toBe('A or B or C or D');
  expect(words({ anyOf: ['a', 'b', 'c', 'd', 'e'] })).toBe('A, B, C and 2 more');
  expect(words({ text: 'pay ' })).toBe('has “pay”');
  expect(words({ atLeast: 1, atMost: null })).toBe('at least 1');
  expect(words({ atLeast: 0, atMost: 0 })).toBe('is 0');
  expect(words({ atLeast: null, atMost: 1200 })).toBe('at most 1 200');
  expect(words({ from: '2027-01-01', until: null })).toBe('from 1 Jan 2027');
  expect(words({ from: '2027-01-01', until: '2027-03-31' })).toBe('1 Jan 2027 – 31 Mar 2027');
});
