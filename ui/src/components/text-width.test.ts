import { expect, test } from 'vitest';
import { textWidth, truncate } from './text-width';

test('as much of a text stays as there is room for', () => {
  const text = 'PaymentsAndInvoicing';
  expect(truncate(text, 12, 400)).toBe(text);
  const cut = truncate(text, 12, 80);
  expect(cut.endsWith('…') && text.startsWith(cut.slice(0, -1))).toBe(true);
  expect(textWidth(cut, 12)).toBeLessThanOrEqual(80);
  const next = text.slice(0, cut.length);
  expect(textWidth(`${next}…`, 12)).toBeGreaterThan(80);
});

test('a letter is never cut in half, and nothing stays where there is no room', () => {
  expect(truncate('👩‍🚀👩‍🚀👩‍🚀', 12, 30)).not.toMatch(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])/);
  expect(truncate('Payments', 12, 0)).toBe('…');
  expect(truncate('', 12, 40)).toBe('');
});
