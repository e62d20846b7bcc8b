//! Every view of the window: one line here, one folder in `views/`.

import {
  Building2,
  CalendarClock,
  CircleAlert,
  FileCog,
  GitBranch,
  History,
  Import,
  LayoutDashboard,
  ListChecks,
  Network,
  UserPlus,
  Users,
  Waypoints,
} from '@lucide/svelte';
import type { Component } from 'svelte';
import type { Frame } from '../ipc/client';
import ChecklistPage from '../views/onboarding/list/ChecklistPage.svelte';
import FirstWeeks from '../views/onboarding/first-weeks/FirstWeeks.svelte';
import Findings from '../views/findings/Findings.svelte';
import Forecast from '../views/forecast/Forecast.svelte';
import Hiring from '../views/hiring/Hiring.svelte';
import HistoryView from '../views/history/History.svelte';
import ImportView from '../views/import/Import.svelte';
import MapView from '../views/map/Map.svelte';
import PositionPage from '../views/hiring/position/PositionPage.svelte';
import Onboarding from '../views/onboarding/Onboarding.svelte';
import TemplatePage from '../views/onboarding/templates/TemplatePage.svelte';
import Organisation from '../views/organisation/Organisation.svelte';
import TeamPage from '../views/organisation/TeamPage.svelte';
import Overview from '../views/overview/Overview.svelte';
import Ownership from '../views/ownership/Ownership.svelte';
import ScenarioPage from '../views/scenarios/ScenarioPage.svelte';
import Scenarios from '../views/scenarios/Scenarios.svelte';
import ServicePage from '../views/ownership/ServicePage.svelte';
import People from '../views/people/People.svelte';
import PersonPage from '../views/people/PersonPage.svelte';
import PlanSettings from '../views/settings/PlanSettings.svelte';

export interface View {
  id: string;
  title: string;
  icon: Component;
  component: Component;
  /** The number beside the name of what is open: findings, or what the noun says. */
  open?: (frame: Frame) => number;
  noun?: string;
}

export const views: View[] = [
  { id: 'overview', title: 'Overview', icon: LayoutDashboard, component: Overview },
  {
    id: 'organisation',
    title: 'Organisation',
    icon: Network,
    component: Organisation,
    open: (f) => f.teamFindings,
  },
  { id: 'people', title: 'People', icon: Users, component: People, open: (f) => f.personFindings },
  {
    id: 'ownership',
    title: 'Ownership',
    icon: Building2,
    component: Ownership,
    open: (f) => f.serviceFindings,
  },
  { id: 'hiring', title: 'Hiring', icon: UserPlus, component: Hiring },
  { id: 'onboarding', title: 'Onboarding', icon: ListChecks, component: Onboarding },
  { id: 'map', title: 'Map', icon: Waypoints, component: MapView },
  { id: 'findings', title: 'Findings', icon: CircleAlert, component: Findings, open: (f) => f.findings },
  { id: 'forecast', title: 'Forecast', icon: CalendarClock, component: Forecast },
  { id: 'scenarios', title: 'Scenarios', icon: GitBranch, component: Scenarios },
  {
    id: 'history',
    title: 'History',
    icon: History,
    component: HistoryView,
    open: (f) => f.openConflicts,
    noun: 'conflict',
  },
  { id: 'import', title: 'Import', icon: Import, component: ImportView },
  { id: 'plan', title: 'Plan settings', icon: FileCog, component: PlanSettings },
];

interface Page {
  component: Component<{ id: number }>;
  view: string;
  /** It fills the window: nothing stands around it. */
  isAlone?: boolean;
}

/** Whole pages of one entity, and the view that they belong to. */
export const pages: Record<string, Page> = {
  team: { component: TeamPage, view: 'organisation' },
  person: { component: PersonPage, view: 'people' },
  service: { component: ServicePage, view: 'ownership' },
  position: { component: PositionPage, view: 'hiring' },
  checklist: { component: ChecklistPage, view: 'onboarding' },
  template: { component: TemplatePage, view: 'onboarding' },
  scenario: { component: ScenarioPage, view: 'scenarios' },
  'first-weeks': { component: FirstWeeks, view: 'onboarding', isAlone: true },
};
