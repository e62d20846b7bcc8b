import { expect, test } from 'vitest';
import type { TeamMonth } from '../../../ipc/client';
import { cellOf } from './team-cells';

const month = (part: Partial<TeamMonth>) => ({ headcount: 0, capacity: 0, load: null, ...part }) as TeamMonth;

test('a team of nobody has no capacity, not less than none', () => {
  expect(cellOf('capacity', month({ capacity: -0.1 }))).toMatchObject({
    text: '–',
    hint: 'nobody there yet',
  });
  expect(cellOf('capacity', month({}))).toMatchObject({ text: '–', hint: '' });
  expect(cellOf('headcount', month({ capacity: -0.1 })).text).toBe('0.0');
  expect(cellOf('capacity', month({ headcount: 0.5, capacity: -0.1 })).text).toBe('−0.1');
  expect(cellOf('capacity', month({ headcount: 4, capacity: 3.62 })).text).toBe('3.6');
});
