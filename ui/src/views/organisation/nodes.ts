//! What stands in the boxes of the chart: teams, with or without their people and positions, or positions by whom they report to.

import { count, date, number } from '../../lib/format';
import type { EntityKind, NamedEntity, PositionNode, SeverityLevel, Staff, TeamNode } from '../../ipc/client';
import type { MarkId } from './marks';

export interface ChartNode {
  /** Unique in the chart: that of the entity; below 0 for the heads of groups, and for who stands in a second place. */
  id: number;
  /** The ID of the entity, where it stands in a second place. */
  entity?: number;
  kind: EntityKind | 'group';
  title: string;
  /** Below the title. */
  detail: string;
  children: ChartNode[];
  team?: TeamNode;
  /** A position without an occupant: it is dashed, and the detail says so. */
  isUnfilled?: boolean;
  /** Who leads a team. */
  lead?: string;
  worst?: SeverityLevel | null;
  /** Findings, the worst of which is `worst`. */
  findings?: number;
  /** What became of it, where two days are compared. */
  mark?: MarkId;
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
    const title = team.kind || 'No type';
    const head = kinds.get(title) ?? group(-1 - kinds.size, title);
    kinds.set(title, head);
    head.children.push(teamNode(team));
  }
  const heads = [...kinds.values()].sort((a, b) => b.children.length - a.children.length);
  for (const head of heads) head.detail = count(head.children.length, 'team');
  return heads;
}

/** Positions below the positions that they report to; those that have nothing to do with any other stand together. */
export function byManager(positions: PositionNode[], teams: TeamNode[]): ChartNode[] {
  const names = new Map(teams.map((team) => [team.id, team.name]));
  const nameOf = (position: PositionNode) => (position.team === null ? '' : (names.get(position.team) ?? ''));
  const roots = rooted(
    positions.map((position) => ({
      node: positionNode(position, nameOf(position)),
      above: position.manager,
    })),
  );
  const lone = roots.filter((node) => node.children.length === 0);
  if (lone.length < 2 || lone.length === roots.length) return roots;
  const head = group(-1, 'No manager or reports');
  head.children = lone;
  head.detail = count(lone.length, 'position');
  return [...roots.filter((node) => node.children.length > 0), head];
}

/** Puts the people of each team below it, and the positions that are not filled. */
export function withStaff(roots: ChartNode[], staff: Staff): ChartNode[] {
  const onTeam = new Map<number, ChartNode[]>();
  const put = (team: number, node: ChartNode) => onTeam.set(team, [...(onTeam.get(team) ?? []), node]);
  // Who is on two teams stands on both.
  const seen = new Set<number>();
  for (const { id, name, title, team, role } of staff.people) {
    const detail = [title, role === 'member' ? '' : role].filter(Boolean).join(' · ');
    const again = seen.has(id);
    seen.add(id);
    const place = again ? { id: twin(id, team), entity: id } : { id };
    put(team, { ...place, kind: 'person', title: name, detail, children: [] });
  }
  for (const position of staff.seats) if (position.team !== null) put(position.team, positionNode(position));
  const filled = (node: ChartNode): ChartNode => {
    const below = node.children.map(filled);
    return { ...node, children: [...(node.team ? (onTeam.get(node.id) ?? []) : []), ...below] };
  };
  return roots.map(filled);
}

/** The boxes of people who stand in a second place, by person and team. */
const twins = new Map<string, number>();

/** A number for somebody who stands in a second place, the same each time: no entity has it, nor the head of a group. */
export function twin(person: number, team: number): number {
  const key = `${person} ${team}`;
  const known = twins.get(key) ?? -1_000_000 - twins.size;
  twins.set(key, known);
  return known;
}

/** The entity of a node, for addresses; none for the head of a group. */
export function entityOf(node: ChartNode): { kind: EntityKind; id: number } | null {
  return node.kind === 'group' ? null : { kind: node.kind, id: node.entity ?? node.id };
}

/** The same with its name, to show and to act on. */
export function namedNode(node: ChartNode): NamedEntity | null {
  const entity = entityOf(node);
  return entity && { ...entity, key: '', name: node.title, isUnconfirmed: node.isUnconfirmed ?? false };
}

export function rooted(all: { node: ChartNode; above: number | null }[]): ChartNode[] {
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
  return {
    id: team.id,
    kind: 'team',
    title: team.name,
    detail: parts.join(' · '),
    children: [],
    team,
    ...(team.leads.length > 0 && { lead: leadOf(team.leads) }),
    worst: findings.worst,
    findings: findings.count,
    isUnconfirmed: team.isUnconfirmed,
    search: `${team.key} ${team.kind} ${team.leads.join(' ')}`,
  };
}

/** `Ada Byron`, `Ada Byron + 1`. */
function leadOf(leads: string[]): string {
  return leads.length > 1 ? `${leads[0]} + ${leads.length - 1}` : leads[0]!;
}

/** `vacant`, `planned for 1 Feb 2027`, `on hold`. */
export function formatState({ state, start }: PositionNode): string {
  if (state === 'frozen') return 'on hold';
  if (state === 'filled') return 'filled';
  return state === 'planned' || !start ? state : `vacant until ${date(start)}`;
}

/** `team` is named where the position does not stand on it. */
function positionNode(position: PositionNode, team = ''): ChartNode {
  const people = position.people.join(', ');
  const name = [position.key, position.title].filter(Boolean).join(' ');
  const isUnfilled = position.state !== 'filled';
  return {
    id: position.id,
    kind: 'position',
    title: isUnfilled ? name : people || name,
    detail: [isUnfilled ? formatState(position) : people ? name : 'pooled position', team]
      .filter(Boolean)
      .join(' · '),
    children: [],
    isUnfilled,
    search: `${name} ${team}`,
  };
}
