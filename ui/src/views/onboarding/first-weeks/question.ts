//! What somebody writes who asks: whom, about what, in which words; as an address for the mail program, too.

import type { Contact, ListItem } from '../../../ipc/client';

/** Somebody to write to. */
export interface Addressee {
  name: string;
  /** Empty if the plan has none. */
  email: string;
}

export interface Letter {
  to: Addressee;
  subject: string;
  text: string;
}

/** Whom to ask about an item: who does it if that is somebody else, else the buddy, else the manager. */
export function whomToAsk(item: ListItem, contacts: Contact[]): Addressee | null {
  if (!item.isOwn) return { name: item.who, email: item.email };
  const [first] = contacts;
  return first ? { name: first.person.name, email: first.email } : null;
}

export function questionAbout(title: string, to: Addressee, from: string): Letter {
  const lines = [`Hello ${to.name},`, '', `I have a question about “${title}” on my list:`, '', '', '', from];
  return { to, subject: `Question about “${title}”`, text: lines.join('\n') };
}

/** A few words to somebody whom one is to meet. */
export function greeting(to: Addressee, from: string, team: string): Letter {
  const who = team ? `I am new on ${team}` : 'I am new here';
  const lines = [
    `Hello ${to.name},`,
    '',
    `${who} and would like to meet you. When would suit you?`,
    '',
    from,
  ];
  return { to, subject: 'Could we meet?', text: lines.join('\n') };
}

/** The letter for the mail program: lines as mails have them, and no sign that would end the address. */
export function mailto({ to, subject, text }: Letter): string {
  const address = encodeURIComponent(to.email).replaceAll('%40', '@');
  const body = encodeURIComponent(text.replaceAll('\n', '\r\n'));
  return `mailto:${address}?subject=${encodeURIComponent(subject)}&body=${body}`;
}
