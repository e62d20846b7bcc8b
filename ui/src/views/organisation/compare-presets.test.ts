import { expect, test } from 'vitest';
import { presets, presetInWords } from './compare-presets';

const ids = (shown: string, today: string, visit: string | null = null) =>
  presets(shown, today, visit).map((preset) => `${preset.id} ${preset.day}`);

test('presets are other days than the one shown, each once', () => {
  expect(ids('2026-11-23', '2026-11-23', '2026-11-10')).toEqual([
    'quarter 2026-08-23',
    'next-quarter 2027-02-23',
    'year-end 2026-12-31',
    'visit 2026-11-10',
  ]);
  expect(ids('2027-02-23', '2026-11-23', '2026-11-23')).toEqual([
    'today 2026-11-23',
    'next-quarter 2027-05-23',
    'year-end 2027-12-31',
  ]);
  // On the last day of a year, the end of the next one.
  expect(ids('2026-12-31', '2026-12-31')).toContain('year-end 2027-12-31');
  expect(presetInWords(presets('2026-11-23', '2026-11-23', null)[0]!)).toBe('A quarter earlier, 23 Aug 2026');
});
