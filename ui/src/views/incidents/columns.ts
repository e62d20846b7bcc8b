//! The columns of incidents and actions.

import type { Column } from '../../components/columns';
import type { ActionRow, IncidentDuration, IncidentRow } from '../../ipc/client';

/** By the clock, or else as stated. */
export function durationWords(duration: IncidentDuration): string {
  return duration.words || (duration.stated ? `${duration.stated} (stated)` : '');
}

export const incidentColumns: Column<IncidentRow>[] = [
  {
    id: 'incident',
    title: 'Incident',
    kind: 'text',
    width: 240,
    share: 4,
    value: (row) => row.incident.name,
    isDrawn: true,
  },
  { id: 'day', title: 'Day', kind: 'day', width: 104, value: (row) => row.day, isDrawn: true },
  {
    id: 'services',
    title: 'Services',
    kind: 'choice',
    width: 150,
    share: 2,
    none: 'No service',
    value: (row) => [...row.services.map((service) => service.name), ...row.unmatched].join(', '),
    isDrawn: true,
  },
  {
    id: 'owners',
    title: 'Owner today',
    kind: 'choice',
    width: 120,
    share: 1,
    goes: 4,
    none: 'No owner',
    hint: 'Who owns its services on the day shown',
    value: (row) => row.owners.map((owner) => owner.name).join(', '),
    isDrawn: true,
  },
  {
    id: 'severity',
    title: 'Severity',
    kind: 'choice',
    width: 84,
    goes: 3,
    none: 'Unknown severity',
    value: (row) => row.severity,
  },
  {
    id: 'repair',
    title: 'Repaired after',
    kind: 'number',
    width: 124,
    goes: 2,
    hint: 'From when it was detected until it worked again',
    value: (row) => durationWords(row.repair),
    isDrawn: true,
  },
  {
    id: 'resolution',
    title: 'Resolved after',
    kind: 'number',
    width: 124,
    goes: 5,
    hint: 'From when it was detected until its cause was fixed',
    value: (row) => durationWords(row.resolution),
    isDrawn: true,
  },
  {
    id: 'review',
    title: 'Review',
    kind: 'choice',
    isAlways: true,
    width: 96,
    goes: 6,
    value: (row) => (row.isReviewed ? 'Reviewed' : 'No review'),
  },
  {
    id: 'actions',
    title: 'Open actions',
    kind: 'number',
    width: 110,
    goes: 1,
    value: (row) => (row.actions ? `${row.openActions} of ${row.actions}` : ''),
  },
  {
    id: 'warnings',
    title: 'Uncertain',
    kind: 'choice',
    width: 110,
    isRare: true,
    none: 'Sure',
    hint: 'Times that nothing is calculated from',
    value: (row) => row.warnings.join('; '),
  },
];

export const actionColumns: Column<ActionRow>[] = [
  {
    id: 'action',
    title: 'Action',
    kind: 'text',
    width: 260,
    share: 4,
    value: (row) => row.action.name,
    isDrawn: true,
  },
  {
    id: 'owners',
    title: 'Owner today',
    kind: 'choice',
    width: 130,
    share: 1,
    none: 'No owner',
    hint: 'Who owns its service on the day shown: it follows every hand-over',
    value: (row) => row.owners.map((owner) => owner.name).join(', '),
    isDrawn: true,
  },
  {
    id: 'service',
    title: 'Service',
    kind: 'choice',
    width: 130,
    share: 1,
    goes: 3,
    none: 'No service',
    value: (row) => row.service?.name,
    isDrawn: true,
  },
  {
    id: 'state',
    title: 'Status',
    kind: 'choice',
    isAlways: true,
    width: 84,
    goes: 4,
    value: (row) => row.state,
    isDrawn: true,
  },
  { id: 'due', title: 'Due', kind: 'day', width: 112, value: (row) => row.due, isDrawn: true },
  {
    id: 'attention',
    title: 'Attention',
    kind: 'choice',
    width: 250,
    share: 2,
    none: 'Nothing',
    value: (row) => attention(row),
    isDrawn: true,
  },
  {
    id: 'cause',
    title: 'Came of',
    kind: 'choice',
    width: 150,
    share: 1,
    goes: 5,
    value: (row) => (row.incident ?? row.bet)?.name,
    isDrawn: true,
  },
  { id: 'opened', title: 'Opened', kind: 'day', width: 104, isRare: true, value: (row) => row.opened },
  { id: 'closed', title: 'Closed', kind: 'day', width: 104, isRare: true, value: (row) => row.closed },
  {
    id: 'overdue',
    title: 'Days overdue',
    kind: 'number',
    width: 110,
    isRare: true,
    value: (row) => row.overdueDays,
  },
];

/** What is wrong with an action, in words. */
export function attention(row: ActionRow): string {
  const overdue = row.overdueDays
    ? `Overdue by ${row.overdueDays} ${row.overdueDays === 1 ? 'day' : 'days'}`
    : '';
  const nobody = row.owners.length === 0 && row.state === 'open' && !row.lost ? 'No owner' : '';
  return [row.lost, overdue, nobody].filter(Boolean).join(' · ');
}
