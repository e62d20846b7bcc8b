//! The columns of the table of findings.

import type { Column } from '../../components/columns';
import type { FindingLine } from '../../ipc/client';
import { capitalize } from '../../lib/format';

export const columns: Column<FindingLine>[] = [
  {
    id: 'severity',
    title: 'Severity',
    kind: 'choice',
    isAlways: true,
    width: 100,
    value: ({ finding }) => finding && capitalize(finding.severity),
    isDrawn: true,
  },
  {
    id: 'message',
    title: 'Finding',
    kind: 'text',
    width: 180,
    share: 4,
    value: ({ finding }) => finding?.message,
    isDrawn: true,
  },
  {
    id: 'rule',
    title: 'Rule',
    kind: 'choice',
    width: 160,
    share: 1,
    isRare: true,
    // The list beside the table chooses these three.
    isUnfiltered: true,
    value: ({ finding }) => finding?.title,
  },
  {
    id: 'subject',
    title: 'About',
    kind: 'choice',
    width: 130,
    share: 1,
    isRare: true,
    value: ({ finding }) => finding?.subject.name,
  },
  {
    id: 'team',
    title: 'Team',
    kind: 'choice',
    isUnfiltered: true,
    width: 110,
    share: 1,
    goes: 2,
    value: ({ finding }) => finding?.team?.name,
    isDrawn: true,
  },
  {
    id: 'weight',
    title: 'Affects',
    kind: 'number',
    width: 72,
    goes: 1,
    hint: 'Direct and indirect dependents',
    value: ({ finding }) => finding?.weight,
  },
  {
    id: 'day',
    title: 'Opens',
    kind: 'day',
    none: 'Open already',
    width: 104,
    isRare: true,
    value: ({ finding }) => finding?.day,
  },
  {
    id: 'assignee',
    title: 'Assignee',
    kind: 'choice',
    isUnfiltered: true,
    width: 120,
    share: 1,
    isRare: true,
    value: ({ finding }) => finding?.review?.assignee?.name,
  },
  {
    id: 'until',
    title: 'Decided until',
    kind: 'day',
    none: 'Without an end',
    width: 116,
    isRare: true,
    value: ({ finding }) => finding?.review?.until,
  },
];
