//! Every view of the window: one line here, one folder in `views/`.

import {
  BookOpenCheck,
  Building2,
  CalendarClock,
  ChartLine,
  CircleAlert,
  CloudCog,
  FileCog,
  GitBranch,
  Goal,
  History,
  Import,
  LayoutDashboard,
  ListChecks,
  Network,
  Siren,
  ShieldCheck,
  UserPlus,
  Users,
  Waypoints,
} from '@lucide/svelte';
import type { Component } from 'svelte';
import { LazyComponent, type Part } from '../components/lazy-component.svelte';
import type { Frame } from '../ipc/client';
import Overview from '../views/overview/Overview.svelte';

export interface View {
  id: string;
  title: string;
  icon: Component;
  part: Part<Record<string, never>>;
  /** The number beside the name of what is open: findings, or what the noun says. */
  open?: (frame: Frame) => number | undefined;
  noun?: string;
}

export const views: View[] = [
  { id: 'overview', title: 'Overview', icon: LayoutDashboard, part: { component: Overview } },
  {
    id: 'organisation',
    title: 'Organisation',
    icon: Network,
    part: new LazyComponent(() => import('../views/organisation/Organisation.svelte')),
    open: (f) => f.findings?.ofTeams,
  },
  {
    id: 'people',
    title: 'People',
    icon: Users,
    part: new LazyComponent(() => import('../views/people/People.svelte')),
    open: (f) => f.findings?.ofPeople,
  },
  {
    id: 'ownership',
    title: 'Ownership',
    icon: Building2,
    part: new LazyComponent(() => import('../views/ownership/Ownership.svelte')),
    open: (f) => f.findings?.ofServices,
  },
  {
    id: 'hiring',
    title: 'Hiring',
    icon: UserPlus,
    part: new LazyComponent(() => import('../views/hiring/Hiring.svelte')),
  },
  {
    id: 'onboarding',
    title: 'Onboarding',
    icon: ListChecks,
    part: new LazyComponent(() => import('../views/onboarding/Onboarding.svelte')),
  },
  {
    id: 'map',
    title: 'Map',
    icon: Waypoints,
    part: new LazyComponent(() => import('../views/map/Map.svelte')),
  },
  {
    id: 'findings',
    title: 'Findings',
    icon: CircleAlert,
    part: new LazyComponent(() => import('../views/findings/Findings.svelte')),
    open: (f) => f.findings?.open,
  },
  {
    id: 'forecast',
    title: 'Forecast',
    icon: CalendarClock,
    part: new LazyComponent(() => import('../views/forecast/Forecast.svelte')),
  },
  {
    id: 'scenarios',
    title: 'Scenarios',
    icon: GitBranch,
    part: new LazyComponent(() => import('../views/scenarios/Scenarios.svelte')),
  },
  {
    id: 'incidents',
    title: 'Incidents',
    icon: Siren,
    part: new LazyComponent(() => import('../views/incidents/Incidents.svelte')),
  },
  {
    id: 'metrics',
    title: 'Metrics',
    icon: ChartLine,
    part: new LazyComponent(() => import('../views/metrics/Metrics.svelte')),
  },
  {
    id: 'practices',
    title: 'Practices',
    icon: ShieldCheck,
    part: new LazyComponent(() => import('../views/practices/Practices.svelte')),
  },
  {
    id: 'cost',
    title: 'Cost',
    icon: CloudCog,
    part: new LazyComponent(() => import('../views/cost/Cost.svelte')),
  },
  {
    id: 'bets',
    title: 'Bets',
    icon: Goal,
    part: new LazyComponent(() => import('../views/bets/Bets.svelte')),
  },
  {
    id: 'playbook',
    title: 'Playbook',
    icon: BookOpenCheck,
    part: new LazyComponent(() => import('../views/playbook/Playbook.svelte')),
  },
  {
    id: 'history',
    title: 'History',
    icon: History,
    part: new LazyComponent(() => import('../views/history/History.svelte')),
    open: (f) => f.openConflicts,
    noun: 'conflict',
  },
  {
    id: 'import',
    title: 'Import',
    icon: Import,
    part: new LazyComponent(() => import('../views/import/Import.svelte')),
  },
  {
    id: 'plan',
    title: 'Plan settings',
    icon: FileCog,
    part: new LazyComponent(() => import('../views/settings/PlanSettings.svelte')),
  },
];

interface Page {
  part: Part<{ id: number }>;
  view: string;
  /** It fills the window: nothing stands around it. */
  isAlone?: boolean;
}

/** Whole pages of one entity, and the view that they belong to. */
export const pages: Record<string, Page> = {
  team: {
    part: new LazyComponent(() => import('../views/organisation/TeamPage.svelte')),
    view: 'organisation',
  },
  person: { part: new LazyComponent(() => import('../views/people/PersonPage.svelte')), view: 'people' },
  service: {
    part: new LazyComponent(() => import('../views/ownership/ServicePage.svelte')),
    view: 'ownership',
  },
  position: {
    part: new LazyComponent(() => import('../views/hiring/position/PositionPage.svelte')),
    view: 'hiring',
  },
  checklist: {
    part: new LazyComponent(() => import('../views/onboarding/list/ChecklistPage.svelte')),
    view: 'onboarding',
  },
  template: {
    part: new LazyComponent(() => import('../views/onboarding/templates/TemplatePage.svelte')),
    view: 'onboarding',
  },
  incident: {
    part: new LazyComponent(() => import('../views/incidents/IncidentPage.svelte')),
    view: 'incidents',
  },
  action: {
    part: new LazyComponent(() => import('../views/incidents/ActionPage.svelte')),
    view: 'incidents',
  },
  metric: {
    part: new LazyComponent(() => import('../views/metrics/MetricPage.svelte')),
    view: 'metrics',
  },
  bet: {
    part: new LazyComponent(() => import('../views/bets/BetPage.svelte')),
    view: 'bets',
  },
  scenario: {
    part: new LazyComponent(() => import('../views/scenarios/ScenarioPage.svelte')),
    view: 'scenarios',
  },
  'first-weeks': {
    part: new LazyComponent(() => import('../views/onboarding/first-weeks/FirstWeeks.svelte')),
    view: 'onboarding',
    isAlone: true,
  },
};

/** What stands over the frame. */
export const overlays = new LazyComponent(() => import('./Overlays.svelte'));

/** Reads the rest of the page, so that nobody who goes to a view waits for its code. */
export async function loadRest(): Promise<void> {
  const parts = [overlays, ...[...Object.values(pages), ...views].map((view) => view.part)];
  for (const part of parts) if (part instanceof LazyComponent) await part.load();
}
