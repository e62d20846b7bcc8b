import { expect, test } from 'vitest';
import type { FieldControl, FormField, NamedEntity } from '../ipc/client';
import { editsOf, isFilled } from './form-edits';

function field(name: string, control: FieldControl, kinds: FormField['kinds'] = []): FormField {
  const none = { words: [], default: '', example: '', unit: '', isRequired: false, isPay: false };
  return { name, label: name, control, kinds, ...none };
}

const ada: NamedEntity = { kind: 'person', id: 7, key: 'ada', name: 'Ada', isUnconfirmed: false };

test('edits say each field as its type takes it, and leave out what is empty', () => {
  const fields = [
    field('name', 'text'),
    field('note', 'longText'),
    field('tags', 'list'),
    field('isOn', 'flag'),
    field('count', 'number'),
    field('person', 'entity', ['person']),
    field('owner', 'entity', ['team', 'person']),
  ];
  const values = { name: ' Laptop ', note: '', tags: 'a; b', isOn: 'yes', count: '3' };
  expect(editsOf(fields, values, { person: ada, owner: ada })).toEqual([
    { field: 'name', value: { text: 'Laptop' } },
    { field: 'tags', value: { list: ['a', 'b'] } },
    { field: 'isOn', value: { flag: true } },
    { field: 'count', value: { number: 3 } },
    { field: 'person', value: { number: 7 } },
    { field: 'owner', value: { owner: { kind: 'person', id: 7 } } },
  ]);
});

test('a number that cannot be read goes as it is typed', () => {
  expect(editsOf([field('count', 'number')], { count: 'three' }, {})).toEqual([
    { field: 'count', value: { text: 'three' } },
  ]);
});

test('a field of blanks is not filled in', () => {
  expect(isFilled(field('name', 'text'), { name: '  ' }, {})).toBe(false);
});
