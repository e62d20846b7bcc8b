import { expect, test } from 'vitest';
import { columnId, levelChoices } from './words';

test('levels without words are numbers up to the top', () => {
  expect(levelChoices(2, [])).toEqual([
    { value: '0', title: '0' },
    { value: '1', title: '1' },
    { value: '2', title: '2' },
  ]);
});

test('levels are said with their words as far as there are any', () => {
  expect(levelChoices(2, ['Nothing yet', 'Built'])).toEqual([
    { value: '0', title: '0: Nothing yet' },
    { value: '1', title: '1: Built' },
    { value: '2', title: '2' },
  ]);
});

test('a column is named after its practice', () => {
  expect(columnId(7)).toBe('practice-7');
});
