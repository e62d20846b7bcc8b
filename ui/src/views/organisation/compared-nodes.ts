//! The boxes of the chart when two days are compared, or a scenario with the plan: the teams of both, with the people and positions that differ.

import { date, number } from '../../lib/format';
import type { ComparedDays, ComparedTeam, HeadcountSum } from '../../ipc/client';
import { MARKS, markOfMember, markOfPosition, markOfTeam, type MarkId } from './marks';
import { rooted, twin, type ChartNode } from './nodes';

/** The tree of the teams of both days. People who stay are left out unless all are wanted. */
export function comparedTree(found: ComparedDays, hasAll: boolean): ChartNode[] {
  const onTeam = new Map<number, ChartNode[]>();
  const put = (team: number, node: ChartNode) => {
    const known = onTeam.get(team);
    if (known) known.push(node);
    else onTeam.set(team, [node]);
  };
  // Who is on two teams stands on both.
  const seen = new Set<number>();
  for (const member of found.members) {
    const mark = markOfMember(member);
    if (!mark && !hasAll) continue;
    const { id, name, title, team, day } = member;
    const again = seen.has(id);
    seen.add(id);
    put(team, {
      ...(again ? { id: twin(id, team), entity: id } : { id }),
      kind: 'person',
      title: name,
      detail: mark ? said(mark, day, title) : title,
      children: [],
      ...(mark && { mark }),
    });
  }
  for (const position of found.positions) {
    const { id, key, title, team, day } = position;
    const mark = markOfPosition(position);
    put(team, {
      id,
      kind: 'position',
      title: [key, title].filter(Boolean).join(' '),
      detail: said(mark, day, ''),
      children: [],
      isUnfilled: true,
      mark,
    });
  }
  const nodes = rooted(found.teams.map((team) => ({ node: teamNode(team), above: team.parent })));
  const filled = (node: ChartNode): ChartNode => ({
    ...node,
    children: [...(onTeam.get(node.id) ?? []), ...node.children.map(filled)],
  });
  return nodes.map(filled);
}

/** `Joined 1 Feb 2027 · Engineer`. */
function said(mark: MarkId, day: string | null, more: string): string {
  return [[MARKS[mark].word, date(day)].filter(Boolean).join(' '), more].filter(Boolean).join(' · ');
}

function teamNode(team: ComparedTeam): ChartNode {
  const mark = markOfTeam(team);
  const word = mark && mark !== 'changed' ? said(mark, team.day, '') : '';
  return {
    id: team.id,
    kind: 'team',
    title: team.name,
    detail: [word, headcount(team.whole)].filter(Boolean).join(' · '),
    children: [],
    isUnconfirmed: team.isUnconfirmed,
    search: `${team.key} ${team.kind}`,
    ...(mark && { mark }),
  };
}

/** `12 → 14 · 3 joined, 1 left`; of a team in which nobody changes, `12 people`. */
function headcount(sum: HeadcountSum): string {
  const parts = changesOf(sum);
  if (!parts.length) return sum.after === 1 ? '1 person' : `${number(sum.after)} people`;
  return `${number(sum.before)} → ${number(sum.after)} · ${parts.join(', ')}`;
}

/** `3 joined`, `1 moved out`: those that there are. */
export function changesOf({ joined, left, movedIn, movedOut }: HeadcountSum): string[] {
  const parts: [number, string][] = [
    [joined, 'joined'],
    [left, 'left'],
    [movedIn, 'moved in'],
    [movedOut, 'moved out'],
  ];
  return parts.filter(([count]) => count > 0).map(([count, word]) => `${number(count)} ${word}`);
}

/** How many boxes have each mark, for the legend, in its order. */
export function legendOf(found: ComparedDays): { id: MarkId; count: number }[] {
  const counts = new Map<MarkId, number>();
  const add = (mark: MarkId | undefined) => mark && counts.set(mark, (counts.get(mark) ?? 0) + 1);
  found.members.forEach((member) => add(markOfMember(member)));
  found.teams.forEach((team) => add(markOfTeam(team)));
  found.positions.forEach((position) => add(markOfPosition(position)));
  return (Object.keys(MARKS) as MarkId[]).flatMap((id) => {
    const count = counts.get(id) ?? 0;
    return count ? [{ id, count }] : [];
  });
}

/** What is compared: `12 Mar 2027 with 1 Jul 2027`, `Split Payments with the plan on 1 Feb 2027`. */
export function comparedInWords({ before, after, scenario }: ComparedDays): string {
  return scenario
    ? `${scenario.name} with the plan on ${date(after)}`
    : `${date(before)} with ${date(after)}`;
}
