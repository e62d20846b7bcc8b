import { expect, test } from 'vitest';
import { reconcileRows } from './reconcile-rows';

test('keeps the object of an equal row in the same place', () => {
  const known = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  const rows = reconcileRows(known, [{ name: 'a' }, { name: 'c' }, { name: 'c' }, { name: 'd' }]);
  expect(rows).toEqual([{ name: 'a' }, { name: 'c' }, { name: 'c' }, { name: 'd' }]);
  expect(rows.map((row, at) => row === known[at])).toEqual([true, false, true, false]);
});
