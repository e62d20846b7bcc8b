//! Texts of template items: assignee, due date, kinds of feedback.

import { count } from '../../../lib/format';
import type { AssigneeChoice, ItemForm } from '../../../ipc/client';

/** The roles that every checklist has, as the plan calls them. */
export const ROLES = [
  ['new hire', 'New hire'],
  ['manager', 'Manager'],
  ['buddy', 'Buddy'],
  ['it', 'IT'],
  ['people ops', 'People Ops'],
] as const;

export function formatAssignee(assignee: AssigneeChoice, occasion: string): string {
  if (assignee.kind === 'new hire')
    return { move: 'Person moving', 'take-over': 'New owner', leave: 'Leaver' }[occasion] ?? 'New hire';
  return ROLES.find(([role]) => role === assignee.kind)?.[1] ?? assignee.name;
}

/** When an item is due, as one says it. `after` is the title of the item that it is counted from. */
export function formatDue(days: number | null, occasion: string, after: string | null): string {
  if (days === null) return 'no due date';
  if (after !== null) {
    if (days === 0) return `on the day of “${after}”`;
    return `${count(Math.abs(days), 'working day')} ${days < 0 ? 'before' : 'after'} “${after}”`;
  }
  if (days < 0)
    return `${count(-days, 'working day')} before the ${occasion === 'leave' ? 'last day' : 'start'}`;
  if (occasion !== 'leave') return `working day ${days + 1}`;
  return days === 0 ? 'the last day' : `${count(days, 'working day')} after the last day`;
}

/** An item that somebody has only named. */
export function bareForm(title: string, section: string): ItemForm {
  return {
    section,
    title,
    text: '',
    dueDays: null,
    after: null,
    assignee: { kind: 'new hire', id: null, name: '' },
    takesDays: 0,
    needs: [],
    isOptional: false,
    isGoal: false,
    link: '',
    service: null,
    team: null,
  };
}

export const FEEDBACK_KINDS: Record<string, string> = {
  outdated: 'Outdated',
  unclear: 'Unclear',
  missing: 'Something missing',
};
