import { expect, it } from 'vitest';
import { anyOf, columnFilters, formatCondition, parseCondition, withoutFilters } from './column-filters';

it('brings every condition there and back', () => {
  for (const condition of [
    { anyOf: ['team:12', ''] },
    { anyOf: ['a|b', 'c\\d', ''] },
    { anyOf: [''] },
    { text: 'gdansk | port' },
    { atLeast: 0, atMost: null },
    { atLeast: null, atMost: 2.5 },
    { from: '2027-01-01', until: '2027-12-31' },
    { from: null, until: '2027-12-31' },
  ])
    expect(parseCondition(formatCondition(condition))).toEqual(condition);
});

it('takes nothing for a condition that is none', () => {
  for (const text of [undefined, '', 'Payments', '~ ', '#..', '#x..y', '@..', '@tomorrow..'])
    expect(parseCondition(text)).toBeNull();
  expect(formatCondition({ anyOf: [], text: '', from: '' })).toBeUndefined();
});

it('finds the filters among the other parameters, whatever their order', () => {
  const parameters = { 'where.tier': anyOf('1', '2'), text: 'pay', 'where.owner': anyOf(''), 'where.x': '?' };
  expect(columnFilters(parameters)).toEqual([
    { column: 'owner', anyOf: [''] },
    { column: 'tier', anyOf: ['1', '2'] },
  ]);
  expect(Object.keys(withoutFilters(parameters)).sort()).toEqual([
    'text',
    'where.owner',
    'where.tier',
    'where.x',
  ]);
});
