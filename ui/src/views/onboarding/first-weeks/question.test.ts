import { expect, it } from 'vitest';
import type { Contact, ListItem } from '../../../ipc/client';
import { greeting, mailto, questionAbout, whomToAsk } from './question';

const contact = (role: string, name: string): Contact => ({
  role,
  email: `${name}@acme.example`,
  person: { kind: 'person', id: 1, key: name, name, isUnconfirmed: false },
});
const item = (change: Partial<ListItem>) => ({ isOwn: true, who: '', email: '', ...change }) as ListItem;

it('asks who does it, else the buddy, else the manager, else nobody', () => {
  const contacts = [contact('Buddy', 'bo'), contact('Manager', 'ada')];
  expect(whomToAsk(item({ isOwn: false, who: 'IT' }), contacts)).toEqual({ name: 'IT', email: '' });
  expect(whomToAsk(item({}), contacts)?.name).toBe('bo');
  expect(whomToAsk(item({}), contacts.slice(1))?.name).toBe('ada');
  expect(whomToAsk(item({}), [])).toBeNull();
});

it('fills in subject and text, and nothing in a title gets out of its place', () => {
  const to = { name: 'Bo', email: 'bo+work@acme.example' };
  const address = mailto(questionAbout('Read & sign? #1', to, 'Grace'));
  const { pathname, searchParams, hash } = new URL(address);
  expect(decodeURIComponent(pathname)).toBe('bo+work@acme.example');
  expect(hash).toBe('');
  expect([...searchParams.keys()]).toEqual(['subject', 'body']);
  expect(searchParams.get('subject')).toBe('Question about “Read & sign? #1”');
  expect(searchParams.get('body')).toContain('Hello Bo,\r\n\r\nI have a question about “Read & sign? #1”');
  expect(searchParams.get('body')?.endsWith('Grace')).toBe(true);
});

it('greets somebody with the team that one is on', () => {
  const to = { name: 'Ada', email: '' };
  expect(greeting(to, 'Grace', 'Booking').text).toContain('I am new on Booking and would like to meet you.');
  expect(greeting(to, 'Grace', '').text).toContain('I am new here');
});
