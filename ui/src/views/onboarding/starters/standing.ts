//! How a checklist stands, in words.

import { count } from '../../../app/words';
import type { Standing, StarterLine } from '../../../ipc/client';

export const STANDINGS: Record<Standing, { title: string; ink: string }> = {
  'not-ready': { title: 'Not ready in time', ink: 'critical' },
  overdue: { title: 'Something is overdue', ink: 'high' },
  blocked: { title: 'Blocked', ink: 'high' },
  'on-track': { title: 'On track', ink: 'good' },
  'to-come': { title: 'To come', ink: 'text-quiet' },
  complete: { title: 'Complete', ink: 'good' },
};

/** Short, as it stands beside a name. */
export function standingWords(line: StarterLine): string {
  switch (line.standing) {
    case 'not-ready':
      return `Ready ${count(line.dayOne?.lateDays ?? 0, 'day')} late`;
    case 'overdue':
      return `${line.done.overdue} overdue`;
    case 'blocked':
      return `${line.done.blocked} blocked`;
    default:
      return STANDINGS[line.standing].title;
  }
}
