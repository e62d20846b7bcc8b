import { expect, test } from 'vitest';
import { pressedKey } from './keys';

test('Tab is Tab with Shift as well', () => {
  expect(pressedKey({ key: 'Tab', code: 'Tab' })).toBe('Tab');
  expect(pressedKey({ key: 'Unidentified', code: 'Tab' })).toBe('Tab');
  expect(pressedKey({ key: 'Unidentified', code: 'KeyQ' })).toBe('Unidentified');
  expect(pressedKey({ key: 'a', code: 'KeyA' })).toBe('a');
});
