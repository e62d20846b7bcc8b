import { describe, expect, it } from 'vitest';
import type { EconomicsColumn } from '../../ipc/client';
import { economicsQuery, shownColumn } from './economics';

describe('what the address asks for', () => {
  it('is read, and anything else is left to the core', () => {
    expect(economicsQuery({})).toEqual({ by: null, month: null, months: 1 });
    expect(economicsQuery({ across: 'market', month: '2026-09-01', months: '3' })).toEqual({
      by: 'market',
      month: '2026-09-01',
      months: 3,
    });
    for (const months of ['0', '-1', 'x', '1.5']) expect(economicsQuery({ months }).months).toBe(1);
    expect(economicsQuery({ across: 'team', months: '99' })).toEqual({ by: null, month: null, months: 12 });
  });
});

describe('the column that is shown', () => {
  const column = (id: string): EconomicsColumn => ({ id, title: id, scope: null, isAsked: false, hint: '' });

  it('is the one asked for, or the organisation, or all together, or the first', () => {
    const parts = ['of-A', 'of-B'].map(column);
    expect(shownColumn(parts, 'of-B')?.id).toBe('of-B');
    expect(shownColumn(parts, 'of-gone')?.id).toBe('of-A');
    expect(shownColumn([...parts, column('together')], undefined)?.id).toBe('together');
    expect(shownColumn([column('of-'), ...parts], undefined)?.id).toBe('of-');
    expect(shownColumn([], undefined)).toBeUndefined();
  });
});
