import { expect, test } from 'vitest';
import { fieldInWords, kindInWords } from './removed';

test('what was removed is said in the words of the user', () => {
  expect(kindInWords('position', 1200)).toBe('1 200 positions');
  expect(kindInWords('person', 2)).toBe('2 people');
  expect(fieldInWords('pay_up_to')).toBe('upper end of pay');
  expect(fieldInWords('extra.hris')).toBe('as hris has it');
  expect(fieldInWords('links.url')).toBe('links, url');
});
