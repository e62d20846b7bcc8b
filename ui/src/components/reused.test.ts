import { expect, test } from 'vitest';
import { reused } from './reused';

test('what says the same in the same place stays what it was', () => {
  const known = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
  const rows = reused(known, [{ name: 'a' }, { name: 'c' }, { name: 'c' }, { name: 'd' }]);
  expect(rows).toEqual([{ name: 'a' }, { name: 'c' }, { name: 'c' }, { name: 'd' }]);
  expect(rows.map((row, at) => row === known[at])).toEqual([true, false, true, false]);
});
