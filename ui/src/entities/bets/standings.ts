//! The columns of the board of bets, and what a decision is called.

import type { BetCard } from '../../ipc/client';

export interface BetColumn {
  id: string;
  title: string;
  /** What it says without a bet. */
  empty: string;
  standings: string[];
}

export const betColumns: BetColumn[] = [
  {
    id: 'deciding',
    title: 'To decide this month',
    empty: 'Nothing to decide this month.',
    standings: ['overdue', 'this-month'],
  },
  { id: 'running', title: 'Running', empty: 'No bet runs.', standings: ['running', 'not-begun'] },
  { id: 'decided', title: 'Decided', empty: 'None that waits for a review.', standings: ['decided'] },
  { id: 'reviewed', title: 'Reviewed', empty: 'None reviewed yet.', standings: ['reviewed'] },
];

export const betsIn = (column: BetColumn, bets: BetCard[]): BetCard[] =>
  bets.filter((bet) => column.standings.includes(bet.standing));

export const isDecided = (bet: BetCard): boolean => bet.standing === 'decided' || bet.standing === 'reviewed';

export const DECISIONS: { word: string; title: string; hint: string }[] = [
  { word: 'scale', title: 'Scale', hint: 'It has worked: more of it.' },
  { word: 'stop', title: 'Stop', hint: 'It has not worked, and ends.' },
  { word: 'change', title: 'Change', hint: 'Something else is tried.' },
];

/** How the objectives of a bet stand on the day of its decision. */
export function stateWords(state: string | null): string {
  switch (state) {
    case 'met':
      return 'criterion met';
    case 'not-met':
      return 'criterion not met';
    case 'unknown':
      return 'not known whether its criterion is met';
    case 'invalid':
      return 'criterion cannot be told';
    default:
      return 'no criterion';
  }
}
