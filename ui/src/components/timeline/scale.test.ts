import { describe, expect, it } from 'vitest';
import { dayAt, dayLines, firstSaturday, ticks, xOf } from './scale';

describe('days as pixels', () => {
  const scale = { from: '2026-12-15', zoom: 2 };

  it('go there and back over a year end and a leap day', () => {
    expect(xOf(scale, '2027-01-01')).toBe(34);
    expect(dayAt(scale, 35)).toBe('2027-01-01');
    expect(dayAt({ from: '2028-02-28', zoom: 1 }, 2)).toBe('2028-03-01');
  });

  it('have a mark for each month, quarter or year', () => {
    expect(ticks(scale, '2027-03-31').map((tick) => tick.label)).toEqual(['2027', 'Feb', 'Mar']);
    expect(ticks({ ...scale, zoom: 1 }, '2027-07-01').map((tick) => tick.label)).toEqual([
      '2027',
      'Apr',
      'Jul',
    ]);
    expect(ticks({ ...scale, zoom: 0.4 }, '2029-01-01').map((tick) => tick.label)).toEqual([
      '2027',
      '2028',
      '2029',
    ]);
  });

  it('know the weekend', () => {
    expect(firstSaturday('2026-11-24')).toBe(4);
    expect(firstSaturday('2026-11-28')).toBe(0);
    expect(firstSaturday('2026-11-29')).toBe(6);
  });

  it('have a line for today, and one for the day that is shown where that is another', () => {
    const words = (day: string) =>
      dayLines(scale, '2027-01-01', day).map(({ x, label, isBefore }) => [x, label, isBefore]);
    expect(words('2027-01-01')).toEqual([[34, 'Today', false]]);
    expect(words('2027-06-01')).toEqual([
      [34, 'Today', false],
      [336, '1 Jun 2027', false],
    ]);
    // Close by, the first of the two labels stands before its line.
    expect(words('2027-01-05')[0]).toEqual([34, 'Today', true]);
    expect(words('2026-12-25')[1]).toEqual([20, '25 Dec 2026', true]);
  });
});
