import { expect, it } from 'vitest';
import { NO_BASELINE, chosenBaseline } from './baseline';

it('compares with the newest baseline unless another one or none is chosen', () => {
  const rows = [{ id: 7 }, { id: 3 }];
  expect(chosenBaseline(undefined, rows)).toBe(7);
  expect(chosenBaseline('3', rows)).toBe(3);
  expect(chosenBaseline(NO_BASELINE, rows)).toBeNull();
  expect(chosenBaseline('99', rows)).toBeNull();
  expect(chosenBaseline(undefined, [])).toBeNull();
});
