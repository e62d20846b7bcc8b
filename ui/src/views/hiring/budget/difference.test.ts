import { describe, expect, it } from 'vitest';
import { difference, headcountDifference, percent } from './difference';

const eur = (value: number) => ({ value, currency: 'EUR', text: `${value.toFixed(2)} EUR` });

describe('difference', () => {
  it('says the side, the amount and the share', () => {
    const under = difference({ budget: eur(3_000_000), left: eur(120_000.5), isOver: false }, false);
    expect(under.words).toBe('€120 k under budget (4 %)');
    expect(under.exact).toBe('€120 000.50 under budget');
    const over = difference({ budget: eur(210_000), left: eur(-6_000), isOver: true }, false);
    expect([over.words, over.short, over.side]).toEqual([
      '€6 000 over budget (2.9 %)',
      '€6 000 over (2.9 %)',
      'over',
    ]);
  });

  it('says that it is about as much while salaries are hidden', () => {
    const found = difference({ budget: eur(210_000), left: eur(10_000), isOver: false }, true);
    expect(found.words).toBe('About €10 k under budget (4.8 %)');
    expect(found.short).toBe('about €10 k under (4.8 %)');
  });

  it('says the side alone where the amount would reveal a salary', () => {
    expect(difference({ budget: eur(1), left: null, isOver: true }, true).words).toBe('Over budget');
    expect(difference({ budget: eur(1), left: null, isOver: false }, true).words).toBe('Within budget');
  });

  it('never says under where there is no budget, or nothing left', () => {
    expect(difference({ budget: null, left: null, isOver: false }, false).side).toBe('none');
    expect(difference({ budget: eur(5), left: eur(0), isOver: false }, false).words).toBe('On budget');
  });

  it('says of what is compared in part that it is', () => {
    const half = { budget: eur(6_200), left: eur(200), isOver: false, isPartial: true };
    expect(difference(half, false)).toMatchObject({ side: 'under', isPartial: true });
    expect(difference({ ...half, isPartial: false }, false).isPartial).toBe(false);
  });

  it('has no share of nothing', () => {
    expect(difference({ budget: eur(0), left: eur(-500), isOver: true }, false).words).toBe(
      '€500 over budget',
    );
    expect([percent(1, 100_000), percent(-50, 100), percent(9.96, 100)]).toEqual(['< 0.1 %', '50 %', '10 %']);
  });
});

describe('headcountDifference', () => {
  it('says how many too many', () => {
    expect(headcountDifference(24, 22).words).toBe('2 over budget (9.1 %)');
    expect(headcountDifference(4.5, 5).short).toBe('0.5 under');
    expect(headcountDifference(5, 5).words).toBe('On budget');
    expect(headcountDifference(5, null).side).toBe('none');
  });
});
