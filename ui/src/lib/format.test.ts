import { expect, test } from 'vitest';
import {
  acceptedAndSnoozed,
  bytes,
  count,
  date,
  daysAfter,
  daysBetween,
  localDay,
  moneyInShort,
  number,
  formatDateRange,
} from './format';

test('formats dates, date ranges and counts', () => {
  expect(date('2027-03-12')).toBe('12 Mar 2027');
  expect(date(null)).toBe('');
  expect(formatDateRange('2027-03-12', null)).toBe('from 12 Mar 2027');
  expect(formatDateRange('2027-03-12', '2027-04-01')).toBe('12 Mar 2027 – 1 Apr 2027');
  expect(count(1, 'person', 'people')).toBe('1 person');
  expect(count(34000, 'service')).toBe('34 000 services');
  expect(number(999)).toBe('999');
  expect(bytes(1536)).toBe('2 KB');
});

test('a count agrees with its noun, and its verb, at 0, 1 and 2', () => {
  const said = [0, 1, 2].map((number) => `${count(number, 'position is', 'positions are')} open`);
  expect(said).toEqual(['0 positions are open', '1 position is open', '2 positions are open']);
  expect([0, 1, 2].map((number) => count(number, 'position'))).toEqual([
    '0 positions',
    '1 position',
    '2 positions',
  ]);
});

test('days are counted across months, leap years and summer time', () => {
  expect(daysAfter('2028-02-28', 1)).toBe('2028-02-29');
  expect(daysAfter('2027-01-01', -1)).toBe('2026-12-31');
  expect(daysBetween('2027-03-01', '2027-04-01')).toBe(31);
});

test('says what is accepted and snoozed, and nothing where nothing is', () => {
  expect(acceptedAndSnoozed(4147, 1)).toBe('4 147 accepted, 1 snoozed');
  expect(acceptedAndSnoozed(0, 2)).toBe('2 snoozed');
  expect(acceptedAndSnoozed(0, 0)).toBe('');
});

test('the day of a moment is that of the reader', () => {
  const noon = new Date(2027, 2, 5, 12).toISOString();
  expect(localDay(noon)).toBe('2027-03-05');
});

/** The same amounts and words as of the core, in `app/src/hidden_pay.rs`. */
test('amounts are short', () => {
  expect(moneyInShort(1_240_000, 'EUR')).toBe('€1.24 m');
  expect(moneyInShort(999_600, 'USD')).toBe('$1.00 m');
  expect(moneyInShort(84_600, 'GBP')).toBe('£85 k');
  expect(moneyInShort(9600, 'CHF')).toBe('CHF 9 600');
  expect(moneyInShort(-12_000, 'EUR')).toBe('−€12 k');
  expect(moneyInShort(0, 'EUR')).toBe('€0');
});
