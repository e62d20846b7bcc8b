//! What the nodes of a map are coloured by, and what each colour means. Colour never stands alone: the label is written on the node, and the legend says it.

import { capitalize, count, date, daysBetween, number } from '../../lib/format';
import { hueOf } from '../../lib/hue';
import { severities, type MapNodeView, type NamedEntity } from '../../ipc/client';

export type ColourBy = 'owner' | 'tier' | 'lifecycle' | 'findings' | 'confirmed';

export const colourings: { id: ColourBy; title: string }[] = [
  { id: 'owner', title: 'Owner' },
  { id: 'tier', title: 'Tier' },
  { id: 'lifecycle', title: 'Lifecycle' },
  { id: 'findings', title: 'Findings' },
  { id: 'confirmed', title: 'Last confirmed' },
];

export interface Facet {
  id: string;
  /** As written on a node. */
  label: string;
  /** As written in the legend, where it stands for several labels. */
  legend: string;
  /** Name of a colour token. */
  ink: string;
  /** Place in the legend. */
  order: number;
}

const LIFECYCLES: Record<string, string> = {
  production: 'good',
  experimental: 'hue-4',
  deprecated: 'high',
};
/** Ages of a confirmation in days, and their colours. */
const AGES: [number, string, string][] = [
  [90, 'Within 3 months', 'good'],
  [180, 'Within 6 months', 'hue-6'],
  [365, 'Within a year', 'medium'],
  [Infinity, 'Over a year ago', 'high'],
];

function facet(id: string, label: string, ink: string, order: number, legend = label): Facet {
  return { id, label, ink, order, legend };
}

export function facetOf(node: MapNodeView, by: ColourBy, owners: NamedEntity[], day: string): Facet {
  if (node.isMissing) return facet('missing', 'Unknown service', 'line-strong', 1e9);
  switch (by) {
    case 'owner': {
      const owner = node.owner === null ? undefined : owners[node.owner];
      return owner
        ? facet(`${owner.kind}:${owner.id}`, owner.name, hueOf(owner.id), 0)
        : facet('nobody', 'Unowned', 'critical', 1e8);
    }
    case 'tier':
      return node.tier
        ? facet(String(node.tier), `Tier ${node.tier}`, `ramp-${node.tier}`, node.tier)
        : facet('none', 'No tier', 'line-strong', 9);
    case 'lifecycle':
      return facet(
        node.lifecycle || 'none',
        node.lifecycle || 'No lifecycle',
        node.lifecycle ? (LIFECYCLES[node.lifecycle] ?? hueOf(node.lifecycle.length)) : 'line-strong',
        node.lifecycle ? 0 : 9,
      );
    case 'findings':
      return node.worst
        ? facet(
            node.worst,
            `${count(node.findings, 'finding')} · ${capitalize(node.worst)}`,
            node.worst,
            severities.indexOf(node.worst),
            capitalize(node.worst),
          )
        : facet('none', 'No open findings', 'good', 9);
    case 'confirmed': {
      if (!node.confirmed) return facet('never', 'Never confirmed', 'critical', 9);
      const age = daysBetween(node.confirmed, day);
      const at = AGES.findIndex(([days]) => age <= days);
      const [, legend, ink] = AGES[at]!;
      return facet(legend, `Confirmed ${date(node.confirmed)}`, ink, at, legend);
    }
  }
}

export interface LegendLine {
  facet: Facet;
  count: number;
}

/** What is on the map: in order, then the commonest first. */
export function legendOf(facets: Facet[]): LegendLine[] {
  const lines = new Map<string, LegendLine>();
  for (const facet of facets) {
    const line = lines.get(facet.id) ?? { facet, count: 0 };
    lines.set(facet.id, line);
    line.count += 1;
  }
  return [...lines.values()].sort((a, b) => a.facet.order - b.facet.order || b.count - a.count);
}

export const legendText = (line: LegendLine): string => `${line.facet.legend} ${number(line.count)}`;
