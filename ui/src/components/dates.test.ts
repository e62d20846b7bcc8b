import { expect, test } from 'vitest';
import { parseDate } from './dates';

test('days are read as they are written', () => {
  for (const typed of ['2027-03-12', '12 Mar 2027', '12 march 2027', '12.3.2027', ' 12. 3. 2027']) {
    expect(parseDate(typed), typed).toBe('2027-03-12');
  }
});

test('what is no day, or two, is refused', () => {
  for (const typed of [
    '',
    '31.2.2027',
    '3/12/2027',
    '12 Foo 2027',
    '2027-13-01',
    'tomorrow',
    '12 Mar 20277',
  ]) {
    expect(parseDate(typed), typed).toBeNull();
  }
});
