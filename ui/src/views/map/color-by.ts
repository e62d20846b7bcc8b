//! What the nodes of a map are coloured by, and what each colour means. Colour never stands alone: the label is written on the node, and the legend says it.

import { capitalize, count, date, daysBetween, number } from '../../lib/format';
import { hueOf } from '../../lib/hue';
import { severities, type BudgetLeft, type MapNodeView, type NamedEntity } from '../../ipc/client';

export type ColourBy = 'owner' | 'tier' | 'lifecycle' | 'findings' | 'confirmed' | 'budget';

export const colourings: { id: ColourBy; title: string }[] = [
  { id: 'owner', title: 'Owner' },
  { id: 'tier', title: 'Tier' },
  { id: 'lifecycle', title: 'Lifecycle' },
  { id: 'findings', title: 'Findings' },
  { id: 'confirmed', title: 'Last confirmed' },
  { id: 'budget', title: 'Error budget left' },
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

/** Least shares of an error budget that are left, and their colours. */
const BUDGETS: [number, string, string][] = [
  [0.5, 'Half or more left', 'good'],
  [0.25, 'A quarter or more left', 'medium'],
  [0, 'Less than a quarter left', 'high'],
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
    case 'budget':
      return ofBudget(node.budget);
  }
}

/** Without an SLO or figures nothing is known, which is neither good nor bad. */
function ofBudget(budget: BudgetLeft | null): Facet {
  if (!budget) return facet('no-slo', 'No SLO', 'line', 9);
  if (budget.state === 'nothing-may-fail') return facet(budget.state, 'Nothing may fail', 'hue-4', 7);
  if (budget.share === null) return facet('no-figures', 'SLO without figures', 'line-strong', 8);
  if (budget.state === 'spent') return facet('spent', 'Spent', 'critical', 0);
  const share = budget.share;
  const at = BUDGETS.findIndex(([least]) => share >= least);
  const [, legend, ink] = BUDGETS[at] ?? BUDGETS.at(-1)!;
  // Whoever reads 0% thinks that it is spent.
  const percent = share > 0 && share < 0.01 ? '< 1' : String(Math.floor(share * 100));
  return facet(legend, `${percent}% left`, ink, BUDGETS.length - at, legend);
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
