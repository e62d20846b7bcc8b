import { describe, expect, it } from 'vitest';
import type { BetCard } from '../../ipc/client';
import { betColumns, betsIn, isDecided, stateWords } from './standings';

const STANDINGS = ['overdue', 'this-month', 'running', 'not-begun', 'decided', 'reviewed'];
const bets = STANDINGS.map((standing) => ({ standing }) as BetCard);

describe('board of bets', () => {
  it('has each bet in one column', () => {
    const shown = betColumns.flatMap((column) => betsIn(column, bets));
    expect(shown.map((bet) => bet.standing)).toEqual(STANDINGS);
  });

  it('puts those past their day first of those to decide', () => {
    expect(betColumns[0]?.standings[0]).toBe('overdue');
  });

  it('knows which are decided', () => {
    expect(bets.filter(isDecided).map((bet) => bet.standing)).toEqual(['decided', 'reviewed']);
  });

  it('never says that what is not known is met', () => {
    expect(stateWords('unknown')).toContain('not known');
    expect(stateWords(null)).toBe('no criterion');
  });
});
