import { expect, test } from 'vitest';
import { format, parse } from './address.svelte';
import { sorting } from './sorting';

test('an address survives the way there and back', () => {
  const parameters = { text: 'a b & ü=?#', sel: 'team:12', day: '2027-01-01' };
  expect(parse(format('ownership', parameters))).toEqual({ view: 'ownership', parameters });
  expect(format('people', { text: undefined, day: '' })).toBe('#/people');
  expect(parse('').view).toBe('organisation');
});

test('a column sorts up, then down, then not', () => {
  expect(sorting.next({}, 'tier', 'name')).toEqual({ sort: 'tier' });
  expect(sorting.next({ sort: 'tier' }, 'tier', 'name')).toEqual({ sort: '-tier' });
  expect(sorting.next({ sort: '-tier' }, 'tier', 'name')).toEqual({ sort: undefined });
  expect(sorting.next({}, 'name', 'name')).toEqual({ sort: '-name' });
  expect(sorting({ sort: '-tier' })).toEqual({ sort: 'tier', isDescending: true });
});
