//! The items of a list by when it is their turn.

import type { ListItem, Turn } from '../../../ipc/client';

export interface Group {
  id: string;
  title: string;
  items: ListItem[];
}

const TURNS: [Turn, string][] = [
  ['late', 'Late'],
  ['today', 'Today'],
  ['thisWeek', 'This week'],
  ['later', 'Later'],
  ['whenever', 'Whenever'],
];

/** What stands for an item in the address and in a list. */
export const itemKey = (item: ListItem) => (item.id === null ? item.generated : String(item.id));

/** Own tasks by turn, then goals, what others owe (what is late first, as it comes by day), and what is over. */
export function groupsOf(items: ListItem[]): Group[] {
  const open = items.filter((item) => item.turn !== 'over');
  const own = open.filter((item) => item.isOwn && !item.isGoal);
  const groups = TURNS.map(([turn, title]) => ({
    id: turn as string,
    title,
    items: own.filter((item) => item.turn === turn),
  }));
  groups.push(
    { id: 'goals', title: 'Goals', items: open.filter((item) => item.isGoal) },
    { id: 'owed', title: 'What others owe you', items: open.filter((item) => !item.isOwn && !item.isGoal) },
    { id: 'over', title: 'Done', items: items.filter((item) => item.turn === 'over') },
  );
  return groups.filter((group) => group.items.length > 0);
}
