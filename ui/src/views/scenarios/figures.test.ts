import { expect, it } from 'vitest';
import type { FigureValue } from '../../ipc/client';
import { number } from '../../lib/format';
import { difference, shown, written } from './figures';

const value = (figure: Partial<FigureValue>): FigureValue => ({
  value: null,
  amount: null,
  difference: null,
  differenceAmount: null,
  isKept: null,
  entities: [],
  ...figure,
});

it('writes figures in their units', () => {
  expect(written(1234, 'count', 'EUR')).toBe(number(1234));
  expect(written(12.34, 'fte', 'EUR')).toBe('12.3');
  expect(written(0.756, 'share', 'EUR')).toBe('76 %');
  expect(shown(value({}), 'count', 'EUR')).toBe('–');
  expect(shown(value({ value: 0 }), 'count', 'EUR')).toBe('0');
});

it('says whether a difference is better, with its sign', () => {
  const of = (by: number, better: 'more' | 'less' | 'neither') =>
    difference(value({ difference: by }), 'count', better, 'EUR');
  expect(of(2, 'more')).toEqual({ text: '+2', verdict: 'better' });
  expect(of(2, 'less')).toEqual({ text: '+2', verdict: 'worse' });
  expect(of(-2, 'less')).toEqual({ text: '−2', verdict: 'better' });
  expect(of(-2, 'neither')).toEqual({ text: '−2', verdict: null });
  expect(of(0, 'more')).toBeNull();
  expect(difference(value({ difference: 0.01 }), 'fte', 'more', 'EUR')).toBeNull();
});
