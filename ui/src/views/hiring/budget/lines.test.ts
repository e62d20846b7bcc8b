import { describe, expect, it } from 'vitest';
import { visibleLines } from './lines';

const line = (id: string, depth: number, isGroup = false) => ({ id, depth, isGroup });
const few = [
  line('all', 0, true),
  line('platform', 1, true),
  line('checkout', 2),
  line('own', 2),
  line('data', 1),
];

const ids = (opened: [string, boolean][], lines = few) =>
  visibleLines(lines, new Map(opened)).map((row) => row.line.id);

describe('visibleLines', () => {
  it('shows all of a short table, and hides what is below a closed group', () => {
    expect(ids([])).toEqual(few.map((row) => row.id));
    expect(ids([['platform', false]])).toEqual(['all', 'platform', 'data']);
    expect(ids([['all', false]])).toHaveLength(5);
  });

  it('shows the top of a long table', () => {
    const many = [...few, ...Array.from({ length: 40 }, (_, at) => line(`team-${at}`, 2))];
    const long = [...many.slice(0, 4), ...many.slice(5), line('data', 1)];
    expect(ids([], long)).toEqual(['all', 'platform', 'data']);
    expect(ids([['platform', true]], long)).toHaveLength(long.length);
  });
});
