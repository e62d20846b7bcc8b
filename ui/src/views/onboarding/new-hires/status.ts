//! The status of a checklist in words and colours.

import { count } from '../../../lib/format';
import type { ChecklistStatus, NewHireLine } from '../../../ipc/client';

export const CHECKLIST_STATUSES: Record<ChecklistStatus, { title: string; ink: string }> = {
  'not-ready': { title: 'At risk', ink: 'critical' },
  overdue: { title: 'Overdue', ink: 'high' },
  blocked: { title: 'Blocked', ink: 'high' },
  'on-track': { title: 'On track', ink: 'good' },
  'to-come': { title: 'Upcoming', ink: 'text-quiet' },
  complete: { title: 'Complete', ink: 'good' },
};

/** The day that may not be ready, at the start of a label. */
function dayOf(line: NewHireLine): string {
  if (line.occasion === 'join') return 'Day one';
  return line.occasion === 'leave' ? 'Last day' : 'First day';
}

/** Short, for beside a name. */
export function formatStatus(line: NewHireLine): string {
  switch (line.standing) {
    case 'not-ready':
      return `${dayOf(line)} at risk (${count(line.dayOne?.lateDays ?? 0, 'day')})`;
    case 'overdue':
      return `${line.done.overdue} overdue`;
    case 'blocked':
      return `${line.done.blocked} blocked`;
    default:
      return CHECKLIST_STATUSES[line.standing].title;
  }
}
