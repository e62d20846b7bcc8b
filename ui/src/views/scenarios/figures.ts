//! Figures of a comparison as text.

import type { Better, FigureUnit, FigureValue } from '../../ipc/client';
import { moneyInShort, number } from '../../lib/format';

const DECIMAL = new Intl.NumberFormat('en-GB', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** A number in its unit; amounts are in the currency of the plan. */
export function written(value: number, unit: FigureUnit, currency: string): string {
  switch (unit) {
    case 'money':
      return moneyInShort(value, currency);
    case 'share':
      return `${Math.round(value * 100)} %`;
    case 'fte':
    case 'average':
      return DECIMAL.format(value);
    default:
      return number(value);
  }
}

export function shown(value: FigureValue, unit: FigureUnit, currency: string): string {
  const figure = value.amount?.value ?? value.value;
  return figure === null || figure === undefined ? '–' : written(figure, unit, currency);
}

export interface Difference {
  text: string;
  /** Whether it is better or worse than the first column; none where neither is. */
  verdict: 'better' | 'worse' | null;
}

/** The difference to the first column; none where there is none. */
export function difference(
  value: FigureValue,
  unit: FigureUnit,
  better: Better,
  currency: string,
): Difference | null {
  const by = value.differenceAmount?.value ?? value.difference;
  if (by === null || by === undefined || by === 0) return null;
  const text = written(Math.abs(by), unit, currency);
  // What is less than can be written is none.
  if (!/[1-9]/.test(text)) return null;
  const verdict = better === 'neither' ? null : by > 0 === (better === 'more') ? 'better' : 'worse';
  return { text: `${by > 0 ? '+' : '−'}${text}`, verdict };
}
