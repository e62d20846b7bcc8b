//! A filter by column in words: `Payments or Search`, `at least 3`, `from 1 Jan 2027`.

import { nothingIn } from '../../components/columns';
import { capitalize, date, number } from '../../lib/format';
import type { Condition } from '../../state/column-filters';

/** How many of the chosen are named. */
const NAMED = 3;

/** `titleOf`: what a choice is called, as far as that is known. */
export function conditionWords(
  column: { title: string; none?: string },
  condition: Condition,
  titleOf: (id: string) => string | undefined = () => undefined,
): string {
  const { anyOf, text, atLeast, atMost, from, until } = condition;
  if (anyOf?.length) {
    const title = (id: string) => (id === '' ? nothingIn(column) : (titleOf(id) ?? capitalize(id)));
    const rest = anyOf.length - NAMED;
    if (rest > 1) return `${anyOf.slice(0, NAMED).map(title).join(', ')} and ${number(rest)} more`;
    return anyOf.map(title).join(' or ');
  }
  if (text) return `has “${text.trim()}”`;
  const isSaid = (value: number | null | undefined): value is number => typeof value === 'number';
  if (isSaid(atLeast) && atLeast === atMost) return `is ${number(atLeast)}`;
  if (isSaid(atLeast) && isSaid(atMost)) return `${number(atLeast)} to ${number(atMost)}`;
  if (isSaid(atLeast)) return `at least ${number(atLeast)}`;
  if (isSaid(atMost)) return `at most ${number(atMost)}`;
  if (from && until) return `${date(from)} – ${date(until)}`;
  return from ? `from ${date(from)}` : `until ${date(until)}`;
}
