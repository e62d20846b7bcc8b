import { describe, expect, it } from 'vitest';
import { formatLeavers, parseLeavers } from './leavers';

describe('leavers in the address', () => {
  it('come back as they were put', () => {
    const leavers = [
      { person: 12, lastDay: '2027-03-31' },
      { person: 7, lastDay: null },
    ];
    expect(parseLeavers(formatLeavers(leavers))).toEqual(leavers);
    expect(formatLeavers(leavers)).toBe('12:2027-03-31,7');
    expect(formatLeavers([])).toBeUndefined();
  });

  it('leave out what is none', () => {
    expect(parseLeavers('x:2027-01-01,3:soon,,4:2027-02-03')).toEqual([{ person: 4, lastDay: '2027-02-03' }]);
    expect(parseLeavers('4,4:2027-02-03')).toEqual([{ person: 4, lastDay: null }]);
    expect(parseLeavers(undefined)).toEqual([]);
  });
});
