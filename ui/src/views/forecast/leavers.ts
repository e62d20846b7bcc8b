//! Who might leave, as it stands in the address: `12:2027-03-31,15:2027-06-30`.

export interface Leaver {
  person: number;
  lastDay: string;
}

export function parseLeavers(text: string | undefined): Leaver[] {
  return (text ?? '').split(',').flatMap((part) => {
    const [person, lastDay] = part.split(':');
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(lastDay ?? '');
    return person && /^\d+$/.test(person) && isDay ? [{ person: Number(person), lastDay: lastDay! }] : [];
  });
}

export function formatLeavers(leavers: Leaver[]): string | undefined {
  return leavers.map((one) => `${one.person}:${one.lastDay}`).join(',') || undefined;
}
