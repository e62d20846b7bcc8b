import { expect, test } from 'vitest';
import type { CostPart, ShownAmount } from '../../ipc/client';
import { change, percent, tilesOf } from './cost';

const amount = (value: number): ShownAmount => ({ value, currency: 'EUR', text: `${value.toFixed(2)} EUR` });

test('changes are said against the month before', () => {
  expect(change(amount(110), amount(100))).toBe('+10 %');
  expect(change(amount(95), amount(100))).toBe('−5 %');
  expect(change(amount(95), amount(0))).toBe('');
  expect(change(amount(95), null)).toBe('');
});

test('small shares keep a decimal', () => {
  expect([0, 0.4, 9.94, 9.95, 12.6].map(percent)).toEqual(['0 %', '0.4 %', '9.9 %', '10 %', '13 %']);
});

test('what is nobody’s is told apart without colour', () => {
  const part = (id: string, note = ''): CostPart => ({
    id,
    title: id,
    entity: null,
    amount: amount(5),
    before: null,
    share: 50,
    note,
  });
  const tiles = tilesOf([part('-none'), part('-idle'), part('old', 'ended on 3 March 2027')], () => '#');
  expect(tiles.map((tile) => tile.isBad)).toEqual([true, false, true]);
  expect(tiles[0]?.words).toBe('€5 · 50 %');
});
