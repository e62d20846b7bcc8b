import { describe, expect, it } from 'vitest';
import { formatDepartures, parseDepartures } from './hypothetical-departures';

describe('hypothetical departures in the address', () => {
  it('come back as they were put', () => {
    const departures = [
      { person: 12, lastDay: '2027-03-31' },
      { person: 7, lastDay: null },
    ];
    expect(parseDepartures(formatDepartures(departures))).toEqual(departures);
    expect(formatDepartures(departures)).toBe('12:2027-03-31,7');
    expect(formatDepartures([])).toBeUndefined();
  });

  it('leave out what is none', () => {
    expect(parseDepartures('x:2027-01-01,3:soon,,4:2027-02-03')).toEqual([
      { person: 4, lastDay: '2027-02-03' },
    ]);
    expect(parseDepartures('4,4:2027-02-03')).toEqual([{ person: 4, lastDay: null }]);
    expect(parseDepartures(undefined)).toEqual([]);
  });
});
