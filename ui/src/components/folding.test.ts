import { expect, it } from 'vitest';
import { foldedParts } from './folding';

const parts = [{ width: 200 }, { width: 100, folds: 2 }, { width: 100, folds: 1 }, { width: 50 }];
const folded = (room: number) => [...foldedParts(parts, room, 10, 30)];

it('leaves all in the row as long as they fit with the gaps between them', () => {
  expect(folded(480)).toEqual([]);
  expect(folded(479)).toEqual([2]);
});

it('folds in order, with room for the button of the menu', () => {
  expect(folded(410)).toEqual([2]);
  expect(folded(409)).toEqual([2, 1]);
});

it('never folds what has to stay', () => {
  expect(folded(10)).toEqual([2, 1]);
  expect([...foldedParts([], 10, 10, 30)]).toEqual([]);
});
