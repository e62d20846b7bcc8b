//! What is removed from a redacted copy, in words.

import { number } from '../../lib/format';
import type { EntityKind } from '../../ipc/client';

const KINDS: Partial<Record<EntityKind, [string, string]>> = {
  person: ['person', 'people'],
  dependency: ['dependency', 'dependencies'],
  exchangeRate: ['exchange rate', 'exchange rates'],
  templateItem: ['template item', 'template items'],
  checklistItem: ['checklist item', 'checklist items'],
  approval: ['baseline', 'baselines'],
  observation: ['figure', 'figures'],
  costLine: ['cost line', 'cost lines'],
  costRule: ['cost rule', 'cost rules'],
  costShare: ['cost share', 'cost shares'],
};

/** `3 positions`. */
export function formatKind(kind: EntityKind, entities: number): string {
  const [one, many] = KINDS[kind] ?? [kind, `${kind}s`];
  return `${number(entities)} ${entities === 1 ? one : many}`;
}

const FIELDS: Record<string, string> = {
  pay: 'salary',
  pay_up_to: 'salary max',
  cap: 'annual cap',
  amount: 'amount',
  value: 'value',
  'seats.annual_cost': 'annual cost of a position',
  'seats.title': 'title of a position',
  waits_for: 'waits for',
};

/** A field as the user knows it; data of a source beyond Headroom's own fields is named after the source. */
export function formatField(field: string): string {
  if (field.startsWith('extra.')) return `${field.slice(6)} data`;
  return FIELDS[field] ?? field.replaceAll('_', ' ').replaceAll('.', ', ');
}
