import { expect, test } from 'vitest';
import { blockOf, holds, movePlace, stepPlace } from './selection';

const extent = { lines: 10, columns: 4, page: 3 };
const at = { line: 5, column: 2 };

test('keys lead to neighbours and edges and never beyond', () => {
  expect(movePlace(at, 'ArrowDown', false, extent)).toEqual({ line: 6, column: 2 });
  expect(movePlace(at, 'ArrowDown', true, extent)).toEqual({ line: 9, column: 2 });
  expect(movePlace(at, 'End', false, extent)).toEqual({ line: 5, column: 3 });
  expect(movePlace(at, 'Home', true, extent)).toEqual({ line: 0, column: 0 });
  expect(movePlace({ line: 9, column: 0 }, 'PageDown', false, extent)).toEqual({ line: 9, column: 0 });
  expect(movePlace(at, 'x', false, extent)).toBeNull();
});

test('tab goes on in the next row and leaves the sheet at its ends', () => {
  expect(stepPlace({ line: 5, column: 3 }, 1, extent)).toEqual({ line: 6, column: 0 });
  expect(stepPlace({ line: 0, column: 0 }, -1, extent)).toBeNull();
  expect(stepPlace({ line: 9, column: 3 }, 1, extent)).toBeNull();
});

test('a block is the same from whichever corner it is drawn', () => {
  const block = blockOf({ line: 4, column: 1 }, { line: 2, column: 3 });
  expect(block).toEqual(blockOf({ line: 2, column: 1 }, { line: 4, column: 3 }));
  expect(holds(block, 3, 2)).toBe(true);
  expect(holds(block, 5, 2)).toBe(false);
});
