//! What a form says about fields, as the program takes it.

import type { EntityKind, FieldEdit, FieldValue } from '../ipc/client';

export function text(field: string, value: string): FieldEdit {
  return { field, value: { text: value } };
}

export function number(field: string, value: number | null): FieldEdit {
  return { field, value: value === null ? 'nothing' : { number: value } };
}

export function reference(field: string, entity: { id: number } | null): FieldEdit {
  return number(field, entity?.id ?? null);
}

/** Something that is so or not. */
export function flag(field: string, value: boolean): FieldEdit {
  return { field, value: { flag: value } };
}

export function list(field: string, items: string[]): FieldEdit {
  return { field, value: { list: items } };
}

export function owner(field: string, entity: { kind: EntityKind; id: number }): FieldEdit {
  return { field, value: { owner: { kind: entity.kind, id: entity.id } } };
}

/** What is typed into a field that takes a number, with or without a unit behind it: `50 %`, `tier 1`. */
export function parseNumber(typed: string): number | null | undefined {
  const digits = typed.replace(/[^\d.,-]/g, '');
  if (typed.trim() === '') return null;
  return /^\d+$/.test(digits) ? Number(digits) : undefined;
}

export function parseList(typed: string): string[] {
  return typed
    .split(/[;,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export type { FieldValue };
