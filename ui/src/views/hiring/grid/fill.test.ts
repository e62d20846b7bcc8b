import { expect, test } from 'vitest';
import { continueSeries } from './fill';

test('one cell is repeated, several go on by their step', () => {
  expect(continueSeries(['L4'], 2)).toEqual(['L4', 'L4']);
  expect(continueSeries(['L4', 'L5'], 2)).toEqual(['L6', 'L7']);
  expect(continueSeries(['a', 'b'], 3)).toEqual(['a', 'b', 'a']);
  expect(continueSeries(['HC2027-NH-008', 'HC2027-NH-009'], 2)).toEqual(['HC2027-NH-010', 'HC2027-NH-011']);
  expect(continueSeries(['REQ-7'], 2, true)).toEqual(['REQ-8', 'REQ-9']);
  expect(continueSeries(['1', '2', '4'], 1)).toEqual(['1']);
});

test('days go on by days, and by months on the same day of the month', () => {
  expect(continueSeries(['2027-03-01', '2027-03-08'], 2)).toEqual(['2027-03-15', '2027-03-22']);
  expect(continueSeries(['2027-11-30', '2027-12-30'], 2)).toEqual(['2028-01-30', '2028-02-29']);
  expect(continueSeries(['2027-03-01', '2027-03-01'], 1)).toEqual(['2027-03-01']);
  expect(continueSeries(['2027-03-01'], 2)).toEqual(['2027-03-01', '2027-03-01']);
});
