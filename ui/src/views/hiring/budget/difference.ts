//! The difference of budget and plan in words, so that nobody has to subtract.

import { money, moneyInShort, number } from '../../../lib/format';
import type { ShownAmount } from '../../../ipc/client';

export type Side = 'over' | 'under' | 'even' | 'none';

export interface Difference {
  side: Side;
  /** `€120 k under budget (4 %)`. */
  words: string;
  /** `€120 k under (4 %)`, beside a column called so. */
  short: string;
  /** The exact amount, for when it is pointed at. */
  exact: string;
  /** It is of a part of the plan: that it is not over says nothing of the rest. */
  isPartial?: boolean;
}

interface Against {
  budget: ShownAmount | null;
  /** The budget less the plan; null where it would reveal a salary. */
  left: ShownAmount | null;
  isOver: boolean;
  isPartial?: boolean;
}

/** A share of the whole as `4 %`, `2.9 %`; empty without a whole. */
export function percent(part: number, whole: number): string {
  if (whole <= 0) return '';
  const value = (Math.abs(part) / whole) * 100;
  if (value > 0 && value < 0.05) return '< 0.1 %';
  return `${number(value < 10 ? Math.round(value * 10) / 10 : Math.round(value))} %`;
}

export function difference(against: Against, isRounded: boolean): Difference {
  return { ...said(against, isRounded), isPartial: against.isPartial ?? false };
}

function said({ budget, left, isOver }: Against, isRounded: boolean): Difference {
  if (!budget) return { side: 'none', words: 'No budget set', short: '', exact: '' };
  const side = isOver ? 'over' : left?.value === 0 ? 'even' : 'under';
  if (!left) {
    const exact = 'The amount is hidden with the salaries';
    return {
      side,
      words: isOver ? 'Over budget' : 'Within budget',
      short: isOver ? 'over' : 'within',
      exact,
    };
  }
  if (side === 'even') return { side, words: 'On budget', short: 'on budget', exact: money(left.text) };
  const share = percent(left.value, budget.value);
  const amount = `${isRounded ? 'about ' : ''}${moneyInShort(Math.abs(left.value), left.currency)}`;
  const say = (noun: string) => `${amount} ${side}${noun}${share ? ` (${share})` : ''}`;
  const unsigned = money(left.text.replace(/^-/, ''));
  const exact = `${isRounded ? 'About ' : ''}${unsigned} ${side} budget`;
  return { side, words: capital(say(' budget')), short: say(''), exact };
}

/** Headcount against its budget: `2 over budget`. */
export function headcountDifference(heads: number, budget: number | null): Difference {
  if (budget === null) return { side: 'none', words: 'No headcount budget', short: '', exact: '' };
  const left = Math.round((budget - heads) * 100) / 100;
  const side: Side = left < 0 ? 'over' : left > 0 ? 'under' : 'even';
  const short = side === 'even' ? 'on budget' : `${number(Math.abs(left))} ${side}`;
  const share = percent(left, budget);
  const words = side === 'even' ? 'On budget' : `${short} budget${share ? ` (${share})` : ''}`;
  return { side, words, short, exact: `${number(heads)} of ${number(budget)}` };
}

function capital(text: string): string {
  return text.startsWith('about') ? `A${text.slice(1)}` : text;
}
