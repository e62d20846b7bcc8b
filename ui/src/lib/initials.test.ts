import { expect, test } from 'vitest';
import { initialsOf } from './initials';

test('first and last name have a letter each, in any script', () => {
  expect(initialsOf('Grace Nair')).toBe('GN');
  expect(initialsOf('ada')).toBe('A');
  expect(initialsOf('Maria del Carmen Márquez')).toBe('MM');
  expect(initialsOf('O’Neil, Zoë')).toBe('OZ');
  expect(initialsOf('É́lise 𝒜ndre')).toBe('É́𝒜');
  expect(initialsOf('王 小明')).toBe('王小');
  expect(initialsOf('  ')).toBe('?');
});
