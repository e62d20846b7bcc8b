import { expect, it } from 'vitest';
import { dueWords, whoWords } from './words';

it('says when an item is due', () => {
  expect(dueWords(null, 'join', null)).toBe('whenever');
  expect(dueWords(0, 'join', null)).toBe('working day 1');
  expect(dueWords(-1, 'join', null)).toBe('1 working day before the start');
  expect(dueWords(-3, 'leave', null)).toBe('3 working days before the last day');
  expect(dueWords(0, 'leave', null)).toBe('the last day');
  expect(dueWords(0, 'join', 'Laptop')).toBe('on the day of “Laptop”');
  expect(dueWords(2, 'join', 'Laptop')).toBe('2 working days after “Laptop”');
});

it('says who does an item', () => {
  expect(whoWords({ kind: 'it', id: null, name: '' }, 'join')).toBe('IT');
  expect(whoWords({ kind: 'new hire', id: null, name: '' }, 'join')).toBe('New hire');
  expect(whoWords({ kind: 'person', id: 3, name: 'Ada' }, 'move')).toBe('Ada');
});
