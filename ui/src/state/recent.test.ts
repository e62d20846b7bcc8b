import { beforeEach, expect, it } from 'vitest';
import { lookedAt, recent } from './recent';

beforeEach(() => localStorage.clear());

it('keeps the newest first, each once, and each plan by itself', () => {
  lookedAt('/a', { kind: 'person', id: 1 });
  lookedAt('/a', { kind: 'team', id: 2 });
  lookedAt('/a', { kind: 'person', id: 1 });
  expect(recent('/a')).toEqual([
    { kind: 'person', id: 1 },
    { kind: 'team', id: 2 },
  ]);
  expect(recent('/b')).toEqual([]);
});

it('forgets the oldest, and takes nothing that it has not written', () => {
  for (let id = 0; id < 20; id += 1) lookedAt('/a', { kind: 'service', id });
  expect(recent('/a')).toHaveLength(12);
  expect(recent('/a')[0]?.id).toBe(19);
  localStorage.setItem('headroom.recent:/a', '{"x":1}');
  expect(recent('/a')).toEqual([]);
  localStorage.setItem('headroom.recent:/a', '["person:x", 7, "person:3"]');
  expect(recent('/a')).toEqual([{ kind: 'person', id: 3 }]);
});
