//! What a redacted copy lacks, in words.

import { number } from '../../app/words';
import type { EntityKind } from '../../ipc/client';

const KINDS: Partial<Record<EntityKind, [string, string]>> = {
  person: ['person', 'people'],
  dependency: ['dependency', 'dependencies'],
  exchangeRate: ['exchange rate', 'exchange rates'],
  templateItem: ['template item', 'template items'],
  checklistItem: ['checklist item', 'checklist items'],
};

/** `3 positions`. */
export function kindInWords(kind: EntityKind, entities: number): string {
  const [one, many] = KINDS[kind] ?? [kind, `${kind}s`];
  return `${number(entities)} ${entities === 1 ? one : many}`;
}

const FIELDS: Record<string, string> = {
  pay: 'pay',
  pay_up_to: 'upper end of pay',
  cap: 'pay up to which it counts',
  amount: 'amount',
  value: 'value',
  'seats.annual_cost': 'cost of a seat',
  'seats.title': 'title of a seat',
};

/** A field as the user knows it; what a source says beyond Headroom's own fields goes by the source. */
export function fieldInWords(field: string): string {
  if (field.startsWith('extra.')) return `as ${field.slice(6)} has it`;
  return FIELDS[field] ?? field.replaceAll('_', ' ').replaceAll('.', ', ');
}
