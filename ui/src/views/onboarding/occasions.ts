//! What somebody follows a checklist for.

import { count } from '../../lib/format';
import type { ItemCountsView } from '../../ipc/client';

export const OCCASIONS = [
  { id: 'join', title: 'Onboarding', start: 'First day', day: 'day one' },
  {
    id: 'move',
    title: 'Team transfer',
    start: 'First day on the team',
    day: 'the first day on the team',
  },
  {
    id: 'take-over',
    title: 'Service handover',
    start: 'First day as owner',
    day: 'the first day as owner',
  },
  { id: 'leave', title: 'Offboarding', start: 'Last day', day: 'the last day' },
] as const;

/** How many items there are, with what need not be done beside them: `20 items, 3 optional, 1 goal`. */
export function formatItemCounts({ items, optional, goals }: ItemCountsView): string {
  const parts = [count(items, 'item'), optional && `${optional} optional`, goals && count(goals, 'goal')];
  return parts.filter(Boolean).join(', ');
}

export type Occasion = (typeof OCCASIONS)[number]['id'];

export const occasionOf = (id: string) => OCCASIONS.find((one) => one.id === id) ?? OCCASIONS[0];
