import { beforeEach, expect, it } from 'vitest';
import { address } from './address.svelte';
import { removeView, savedViews, saveView, showView, type SavedView } from './saved-views.svelte';

const view = (name: string, parameters = {}): SavedView => ({
  name,
  table: 'services',
  view: 'ownership',
  parameters,
  columns: { order: ['name', 'tier'], toggled: ['backup'] },
});

beforeEach(() => {
  localStorage.clear();
  for (const path of ['/a', '/b']) for (const one of savedViews(path)) removeView(path, one);
});

it('keeps the views of each plan by themselves, each name of a table once', () => {
  saveView('/a', view('Unowned'));
  saveView('/a', view('Critical'));
  saveView('/a', view('Unowned', { sort: '-tier' }));
  expect(savedViews('/a').map((one) => one.name)).toEqual(['Critical', 'Unowned']);
  expect(savedViews('/a')[1]?.parameters).toEqual({ sort: '-tier' });
  expect(savedViews('/b')).toEqual([]);
  expect(JSON.parse(localStorage.getItem('headroom.views:/a')!)).toHaveLength(2);
});

it('takes nothing that it has not written', () => {
  localStorage.setItem('headroom.views:/c', '[{"name": "x"}, null, 7]');
  expect(savedViews('/c')).toEqual([]);
  localStorage.setItem('headroom.views:/d', '{');
  expect(savedViews('/d')).toEqual([]);
});

it('shows filters and columns as they were saved, on the day that is shown', () => {
  address.go('people', { day: '2027-01-01' });
  showView(view('Unowned', { 'where.owner': '=' }));
  expect([address.view, address.parameters]).toEqual([
    'ownership',
    { day: '2027-01-01', 'where.owner': '=' },
  ]);
  expect(JSON.parse(localStorage.getItem('headroom.columns.services')!)).toMatchObject({
    toggled: ['backup'],
  });
  address.go('people', { day: undefined });
});
