//! What somebody follows a checklist for.

export const OCCASIONS = [
  { id: 'join', title: 'Joining', start: 'First day' },
  { id: 'move', title: 'Moving to another team', start: 'First day on the team' },
  { id: 'take-over', title: 'Taking over a service', start: 'First day as owner' },
  { id: 'leave', title: 'Leaving', start: 'Last day' },
] as const;

export type Occasion = (typeof OCCASIONS)[number]['id'];

export const occasionOf = (id: string) => OCCASIONS.find((one) => one.id === id) ?? OCCASIONS[0];
