import { expect, it } from 'vitest';
import { formatItemCounts, OCCASIONS } from './occasions';

it('says of a list how many items it has, and what need not be done beside them', () => {
  const words = [0, 1, 2].map((items) => formatItemCounts({ items, optional: 0, goals: 0 }));
  expect(words).toEqual(['0 items', '1 item', '2 items']);
  expect(formatItemCounts({ items: 19, optional: 1, goals: 2 })).toBe('19 items, 1 optional, 2 goals');
});

it('has a day one only for those who join', () => {
  expect(OCCASIONS.filter((one) => one.day === 'day one').map((one) => one.id)).toEqual(['join']);
});
