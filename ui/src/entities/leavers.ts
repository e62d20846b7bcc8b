//! Who might leave, as it stands in the address: `12:2027-03-31,15`.

export interface Leaver {
  person: number;
  /** None: the planned one, or one that is assumed. */
  lastDay: string | null;
}

export function parseLeavers(text: string | undefined): Leaver[] {
  const leavers = (text ?? '').split(',').flatMap((part) => {
    const [person, lastDay] = part.split(':');
    const isDay = lastDay === undefined || /^\d{4}-\d{2}-\d{2}$/.test(lastDay);
    return person && /^\d+$/.test(person) && isDay
      ? [{ person: Number(person), lastDay: lastDay ?? null }]
      : [];
  });
  return leavers.filter((one, at) => leavers.findIndex((other) => other.person === one.person) === at);
}

export function formatLeavers(leavers: Leaver[]): string | undefined {
  const parts = leavers.map((one) => (one.lastDay ? `${one.person}:${one.lastDay}` : String(one.person)));
  return parts.join(',') || undefined;
}
