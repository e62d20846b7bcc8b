//! What is filled into a form, as the program takes it.

import type { FieldEdit, FormField, NamedEntity } from '../ipc/client';
import * as edits from './edits';

/** What is filled in, by the names of the fields: texts and words as they are typed, dates in ISO 8601. */
export type FormValues = Record<string, string>;
/** The entities that are picked, by the names of the fields. */
export type PickedEntities = Record<string, NamedEntity | null>;

/** The form as it is before anyone has typed. */
export function emptyValues(fields: FormField[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.name, field.default]));
}

/** Whether something is in the field. */
export function isFilled(field: FormField, values: FormValues, picked: PickedEntities): boolean {
  if (field.control === 'entity') return picked[field.name] != null;
  return (values[field.name] ?? '').trim() !== '';
}

/** The edits that a form makes: of the fields that are filled in. */
export function editsOf(fields: FormField[], values: FormValues, picked: PickedEntities): FieldEdit[] {
  return fields
    .filter((field) => isFilled(field, values, picked))
    .map((field) => edit(field, values, picked));
}

function edit(field: FormField, values: FormValues, picked: PickedEntities): FieldEdit {
  const typed = (values[field.name] ?? '').trim();
  switch (field.control) {
    case 'entity': {
      const entity = picked[field.name];
      // One that may be of several kinds is named with its kind.
      return entity && field.kinds.length > 1
        ? edits.owner(field.name, entity)
        : edits.reference(field.name, entity ?? null);
    }
    case 'flag':
      return edits.flag(field.name, typed === 'yes');
    case 'list':
      return edits.list(field.name, edits.parseList(typed));
    case 'number': {
      // What is no number is refused by the program, in its own words.
      const number = edits.parseNumber(typed);
      return number === undefined ? edits.text(field.name, typed) : edits.number(field.name, number);
    }
    default:
      return edits.text(field.name, typed);
  }
}
