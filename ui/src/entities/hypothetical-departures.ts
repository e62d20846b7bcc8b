//! Hypothetical departures, as the address has them: `12:2027-03-31,15`.

export interface HypotheticalDeparture {
  person: number;
  /** None: the planned one, or one that is assumed. */
  lastDay: string | null;
}

export function parseDepartures(text: string | undefined): HypotheticalDeparture[] {
  const departures = (text ?? '').split(',').flatMap((part) => {
    const [person, lastDay] = part.split(':');
    const isDay = lastDay === undefined || /^\d{4}-\d{2}-\d{2}$/.test(lastDay);
    return person && /^\d+$/.test(person) && isDay
      ? [{ person: Number(person), lastDay: lastDay ?? null }]
      : [];
  });
  return departures.filter((one, at) => departures.findIndex((other) => other.person === one.person) === at);
}

export function formatDepartures(departures: HypotheticalDeparture[]): string | undefined {
  const parts = departures.map((one) => (one.lastDay ? `${one.person}:${one.lastDay}` : String(one.person)));
  return parts.join(',') || undefined;
}
