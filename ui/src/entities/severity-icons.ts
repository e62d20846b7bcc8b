//! The icon of each severity, in lists and in charts.

import { CircleAlert, Info, OctagonAlert, TriangleAlert } from '@lucide/svelte';

export const severityIcons = { critical: OctagonAlert, high: TriangleAlert, medium: CircleAlert, low: Info };
