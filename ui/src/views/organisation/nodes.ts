//! What stands in the boxes of the chart: teams, with or without their people and seats, or seats by whom they report to.

import { count, date, number } from '../../app/words';
import type { EntityKind, SeatNode, SeverityLevel, Staff, TeamNode } from '../../ipc/client';

export interface ChartNode {
  /** Unique in the plan; below 0 for the heads of groups. */
  id: number;
  kind: EntityKind | 'group';
  title: string;
  /** Below the title. */
  detail: string;
  children: ChartNode[];
  team?: TeamNode;
  /** A seat that nobody is in: it is dashed, and the detail says so. */
  isEmptySeat?: boolean;
  worst?: SeverityLevel | null;
  isUnconfirmed?: boolean;
  /** What a filter looks through besides the title and the detail. */
  search?: string;
}

/** The tree of teams; parents that are not among them make roots. */
export function treeOf(teams: TeamNode[]): ChartNode[] {
  return rooted(teams.map((team) => ({ node: teamNode(team), above: team.parent })));
}

/** One root for each kind of team, with all teams of the kind below it. */
export function byKind(teams: TeamNode[]): ChartNode[] {
  const kinds = new Map<string, ChartNode>();
  for (const team of teams) {
    const title = team.kind || 'no kind';
    const head = kinds.get(title) ?? group(-1 - kinds.size, title);
    kinds.set(title, head);
    head.children.push(teamNode(team));
  }
  const heads = [...kinds.values()].sort((a, b) => b.children.length - a.children.length);
  for (const head of heads) head.detail = count(head.children.length, 'team');
  return heads;
}

/** Seats below the seats that they report to; those that have nothing to do with any other stand together. */
export function byManager(seats: SeatNode[], teams: TeamNode[]): ChartNode[] {
  const names = new Map(teams.map((team) => [team.id, team.name]));
  const nameOf = (seat: SeatNode) => (seat.team === null ? '' : (names.get(seat.team) ?? ''));
  const roots = rooted(seats.map((seat) => ({ node: seatNode(seat, nameOf(seat)), above: seat.manager })));
  const lone = roots.filter((node) => node.children.length === 0);
  if (lone.length < 2 || lone.length === roots.length) return roots;
  const head = group(-1, 'Without a line');
  head.children = lone;
  head.detail = count(lone.length, 'seat');
  return [...roots.filter((node) => node.children.length > 0), head];
}

/** Puts the people of each team below it, and the seats that nobody is in. */
export function withStaff(roots: ChartNode[], staff: Staff): ChartNode[] {
  const onTeam = new Map<number, ChartNode[]>();
  const put = (team: number, node: ChartNode) => onTeam.set(team, [...(onTeam.get(team) ?? []), node]);
  // Who is on two teams stands on both.
  const seen = new Set<number>();
  for (const { id, name, title, team, role } of staff.people) {
    const detail = [title, role === 'member' ? '' : role].filter(Boolean).join(' · ');
    const again = seen.has(id);
    seen.add(id);
    put(team, { id: again ? twin(id, team) : id, kind: 'person', title: name, detail, children: [] });
  }
  for (const seat of staff.seats) if (seat.team !== null) put(seat.team, seatNode(seat));
  const filled = (node: ChartNode): ChartNode => {
    const below = node.children.map(filled);
    return { ...node, children: [...(node.team ? (onTeam.get(node.id) ?? []) : []), ...below] };
  };
  return roots.map(filled);
}

/** A number for somebody who stands in a second place: no entity has it. */
function twin(person: number, team: number): number {
  return -(person * 2 ** 20 + team + 2 ** 20);
}

/** The entity of a node, for addresses; none for the head of a group. */
export function entityOf(node: ChartNode): { kind: EntityKind; id: number } | null {
  if (node.kind === 'group') return null;
  return { kind: node.kind, id: node.id < 0 ? Math.floor((-node.id - 2 ** 20) / 2 ** 20) : node.id };
}

function rooted(all: { node: ChartNode; above: number | null }[]): ChartNode[] {
  const nodes = new Map(all.map(({ node }) => [node.id, node]));
  const roots: ChartNode[] = [];
  for (const { node, above } of all) {
    const parent = above === null ? undefined : nodes.get(above);
    (parent?.children ?? roots).push(node);
  }
  return roots;
}

function group(id: number, title: string): ChartNode {
  return { id, kind: 'group', title, detail: '', children: [] };
}

function teamNode(team: TeamNode): ChartNode {
  const { peopleBelow, servicesBelow, seatsBelow, findings } = team;
  const parts = [count(peopleBelow, 'person', 'people')];
  const wanted = [
    seatsBelow.planned ? `${number(seatsBelow.planned)} planned` : '',
    seatsBelow.vacant ? `${number(seatsBelow.vacant)} vacant` : '',
  ].filter(Boolean);
  // There is room for three: who is missing counts more than what is owned.
  parts.push(...(wanted.length ? wanted : [count(servicesBelow, 'service')]));
  if (findings.count) parts.push(`${number(findings.count)} ⚠`);
  return {
    id: team.id,
    kind: 'team',
    title: team.name,
    detail: parts.join(' · '),
    children: [],
    team,
    worst: findings.worst,
    isUnconfirmed: team.isUnconfirmed,
    search: `${team.key} ${team.kind} ${team.leads.join(' ')}`,
  };
}

export const isEmpty = (seat: SeatNode) => seat.state !== 'filled';

/** `vacant`, `planned for 1 Feb 2027`, `on hold`. */
export function stateInWords({ state, start }: SeatNode): string {
  if (state === 'frozen') return 'on hold';
  if (state === 'filled') return 'filled';
  return state === 'planned' || !start ? state : `vacant until ${date(start)}`;
}

/** `team` is named where the seat does not stand on it. */
function seatNode(seat: SeatNode, team = ''): ChartNode {
  const people = seat.people.join(', ');
  const name = [seat.key, seat.title].filter(Boolean).join(' ');
  const empty = isEmpty(seat);
  return {
    id: seat.id,
    kind: 'position',
    title: empty ? name : people || name,
    detail: [empty ? stateInWords(seat) : people ? name : 'several alike', team].filter(Boolean).join(' · '),
    children: [],
    isEmptySeat: empty,
    search: `${name} ${team}`,
  };
}
