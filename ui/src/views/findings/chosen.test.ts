import { expect, it } from 'vitest';
import type { FindingCauseRow, FindingLine, FindingRow } from '../../ipc/client';
import { chosenOf, keysOfLines } from './chosen';

const cause = (id: string, count: number): FindingLine => ({
  cause: { id, findings: { count, worst: 'low' } } as FindingCauseRow,
  finding: null,
  inside: null,
});
const finding = (id: string, inside: string | null = null, decision?: string): FindingLine => ({
  cause: null,
  finding: { id, review: decision ? { decision } : null } as FindingRow,
  inside,
});

it('counts what is inside of a chosen cause once', () => {
  const lines = [
    cause('stale/import', 4147),
    finding('a', 'stale/import'),
    finding('b'),
    finding('c', 'other'),
  ];
  const chosen = chosenOf(lines, {});
  expect(chosen?.count).toBe(4149);
  expect(chosen?.choice.causes).toEqual(['stale/import']);
  expect(chosen?.choice.findings).toEqual(['b', 'c']);
});

it('takes back only where something was decided', () => {
  expect(chosenOf([finding('a')], { status: 'open' })?.decided).toBe(0);
  expect(chosenOf([finding('a', null, 'open')], { status: 'open' })?.decided).toBe(0);
  expect(chosenOf([finding('a', null, 'accepted')], { status: 'open' })?.decided).toBe(1);
  expect(chosenOf([cause('x', 3)], { status: 'open' })?.decided).toBe(0);
  expect(chosenOf([cause('x', 3)], { status: 'snoozed' })?.decided).toBe(3);
  expect(chosenOf([], {})).toBeNull();
});

it('knows a line again by its number, and a cause from a finding of the same name', () => {
  const keys = keysOfLines();
  const [one, other] = [finding('a'), cause('a', 3)];
  expect(keys.of(one)).not.toBe(keys.of(other));
  expect(keys.ofFinding('a')).toBe(keys.of(one));
  const later = finding('a', null, 'accepted');
  const number = keys.of(later);
  expect(keys.lines([number, 99])).toEqual([later]);
});
