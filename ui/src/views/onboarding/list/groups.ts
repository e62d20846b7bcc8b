//! The items of a checklist grouped by when they are due.

import { count } from '../../../lib/format';
import type { ListItem, Turn } from '../../../ipc/client';

export interface Group {
  id: string;
  title: string;
  items: ListItem[];
}

const TURNS: [Turn, string][] = [
  ['late', 'Overdue'],
  ['today', 'Today'],
  ['thisWeek', 'This week'],
  ['later', 'Later'],
  ['whenever', 'No due date'],
];

/** What stands for an item in the address and in a list. */
export const itemKey = (item: ListItem) => (item.id === null ? item.generated : String(item.id));

/** It has to be done: what counts in the progress of a list. */
const isRequired = (item: ListItem) => !item.isGoal && !item.isOptional;

/**
 * Own tasks by turn, what others owe, what is optional, goals, and what is over. The counts of the groups in which all
 * has to be done add up to the list's own.
 */
export function groupsOf(items: ListItem[]): Group[] {
  const open = items.filter((item) => item.turn !== 'over');
  const own = open.filter((item) => item.isOwn && isRequired(item));
  const groups = TURNS.map(([turn, title]) => ({
    id: turn as string,
    title,
    items: own.filter((item) => item.turn === turn),
  }));
  groups.push(
    {
      id: 'owed',
      title: 'Waiting on others',
      items: open.filter((item) => !item.isOwn && isRequired(item)),
    },
    { id: 'optional', title: 'Optional', items: open.filter((item) => item.isOptional && !item.isGoal) },
    { id: 'goals', title: 'Goals', items: open.filter((item) => item.isGoal) },
    { id: 'over', title: 'Done', items: items.filter((item) => item.turn === 'over') },
  );
  return groups.filter((group) => group.items.length > 0);
}

/** How many a group has: `19`, or `19 · 4 optional` where what counts and what does not lie together. */
export function sizeOf({ id, items }: Group): string {
  if (id === 'optional' || id === 'goals') return String(items.length);
  const counted = items.filter(isRequired).length;
  const goals = items.filter((item) => item.isGoal).length;
  const optional = items.length - counted - goals;
  const parts = [counted && `${counted}`, optional && `${optional} optional`, goals && count(goals, 'goal')];
  return parts.filter(Boolean).join(' · ');
}
