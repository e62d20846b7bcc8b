import { beforeEach, expect, test } from 'vitest';
import { address, format, parse } from './address.svelte';
import { sorting } from './sorting';

test('an address survives the way there and back', () => {
  const parameters = { text: 'a b & ü=?#', sel: 'team:12', day: '2027-01-01' };
  expect(parse(format('ownership', parameters))).toEqual({ view: 'ownership', parameters });
  expect(format('people', { text: undefined, day: '' })).toBe('#/people');
  expect(parse('').view).toBe('overview');
});

test('a column sorts up, then down, then not', () => {
  expect(sorting.next({}, 'tier', 'name')).toEqual({ sort: 'tier' });
  expect(sorting.next({ sort: 'tier' }, 'tier', 'name')).toEqual({ sort: '-tier' });
  expect(sorting.next({ sort: '-tier' }, 'tier', 'name')).toEqual({ sort: undefined });
  expect(sorting.next({}, 'name', 'name')).toEqual({ sort: '-name' });
  expect(sorting({ sort: '-tier' })).toEqual({ sort: 'tier', isDescending: true });
});

const person = { kind: 'person', id: 7 };

beforeEach(() => address.go('findings', { day: undefined }));

test('what is gone is left for where one came from', () => {
  address.go('team', { id: '3' });
  address.go('person', { id: '7' });
  address.set({ day: '2027-01-01' });
  address.leave(person);
  expect([address.view, address.parameters.id]).toEqual(['team', '3']);
});

test('without such a place, or where that is about it too, its kind is listed', () => {
  address.go('map', { sel: 'person:7' });
  address.go('person', { id: '7', day: '2027-01-01' });
  address.leave(person);
  expect([address.view, address.parameters]).toEqual(['people', { day: '2027-01-01' }]);
});

test('whoever has gone on meanwhile stays there', () => {
  address.go('person', { id: '7' });
  address.go('history');
  address.leave(person);
  expect(address.view).toBe('history');
});

/** Going back and forward is told of later. */
async function travel(go: () => void) {
  const arrived = new Promise((done) => window.addEventListener('hashchange', done, { once: true }));
  go();
  await arrived;
}

test('it is known whether there is a way back and one forward', async () => {
  address.go('people');
  address.go('history');
  expect([address.canGoBack, address.canGoForward]).toEqual([true, false]);
  await travel(() => history.back());
  expect([address.view, address.canGoForward]).toEqual(['people', true]);
  await travel(() => history.forward());
  expect([address.view, address.canGoForward]).toEqual(['history', false]);
  await travel(() => history.back());
  address.go('map');
  expect(address.canGoForward).toBe(false);
});

test('a filter that is typed is no step, and a day is one', async () => {
  address.go('people');
  address.set({ text: 'a' });
  address.set({ text: 'ab' });
  address.set({ day: '2027-01-01' }, true);
  await travel(() => history.back());
  expect(address.parameters).toEqual({ text: 'ab' });
});
