//! What is filled into a form, as the program takes it.

import type { FieldEdit, FormField, NamedEntity } from '../ipc/client';
import * as edits from './edits';

type Values = Record<string, string>;
type Picked = Record<string, NamedEntity | null>;

/** Whether something is in the field. */
export function isFilled(field: FormField, values: Values, picked: Picked): boolean {
  if (field.control === 'entity') return picked[field.name] != null;
  return (values[field.name] ?? '').trim() !== '';
}

/** The edits that a form makes: of the fields that are filled in. */
export function editsOf(fields: FormField[], values: Values, picked: Picked): FieldEdit[] {
  return fields.filter((field) => isFilled(field, values, picked)).map((field) => edit(field, values, picked));
}

function edit(field: FormField, values: Values, picked: Picked): FieldEdit {
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
