//! What the table of teams by month says in a cell.

import type { TeamMonth } from '../../../ipc/client';
import { people, tenths } from './charts';

export const metrics = [
  ['capacity', 'Capacity'],
  ['headcount', 'Headcount'],
  ['load', 'Service load'],
  ['oncall', 'On-call'],
  ['new', 'New hires'],
] as const;
export type Metric = (typeof metrics)[number][0];

interface Cell {
  text: string;
  hint: string;
  isWrong: boolean;
}

export function cellOf(metric: Metric, month: TeamMonth): Cell {
  switch (metric) {
    case 'capacity':
      // Nobody there has time to give up: what hiring takes is others' time, and counts in the whole.
      if (month.headcount === 0)
        return { text: '–', hint: month.capacity < 0 ? 'nobody there yet' : '', isWrong: false };
      return { text: tenths(month.capacity), hint: '', isWrong: false };
    case 'headcount':
      return { text: tenths(month[metric]), hint: '', isWrong: false };
    case 'load':
      return {
        text: month.load === null ? '–' : month.load.toFixed(1),
        hint: month.isOverLoad ? 'over limit' : '',
        isWrong: month.isOverLoad && month.load !== null,
      };
    case 'oncall': {
      if (month.critical === 0) return { text: '–', hint: 'no critical services', isWrong: false };
      const isHelped = month.onCallWithHires !== month.onCall;
      const text = isHelped ? `${month.onCall} → ${month.onCallWithHires}` : String(month.onCall);
      if (month.isStaffedWithHires && !month.isStaffed)
        return { text, hint: 'staffed with hires', isWrong: false };
      const hint = month.isStaffed ? 'staffed' : 'understaffed';
      return { text, hint, isWrong: !month.isStaffed };
    }
    case 'new':
      return {
        text:
          month.learning === 0 && !month.lacksMentors ? '–' : `${month.learning} of ${people(month.room)}`,
        hint: month.lacksMentors ? 'no mentor available' : '',
        isWrong: month.lacksMentors,
      };
  }
}
