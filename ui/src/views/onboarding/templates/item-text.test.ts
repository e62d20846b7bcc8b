import { expect, it } from 'vitest';
import { formatDue, formatAssignee } from './item-text';

it('says when an item is due', () => {
  expect(formatDue(null, 'join', null)).toBe('no due date');
  expect(formatDue(0, 'join', null)).toBe('working day 1');
  expect(formatDue(-1, 'join', null)).toBe('1 working day before the start');
  expect(formatDue(-3, 'leave', null)).toBe('3 working days before the last day');
  expect(formatDue(0, 'leave', null)).toBe('the last day');
  expect(formatDue(0, 'join', 'Laptop')).toBe('on the day of “Laptop”');
  expect(formatDue(2, 'join', 'Laptop')).toBe('2 working days after “Laptop”');
});

it('says who does an item', () => {
  expect(formatAssignee({ kind: 'it', id: null, name: '' }, 'join')).toBe('IT');
  expect(formatAssignee({ kind: 'new hire', id: null, name: '' }, 'join')).toBe('New hire');
  expect(formatAssignee({ kind: 'person', id: 3, name: 'Ada' }, 'move')).toBe('Ada');
});
