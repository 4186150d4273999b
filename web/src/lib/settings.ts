// Settings as a person edits them: groups of fields, each in the form its value has.

export type Value = string | number | boolean | null | Value[] | { [name: string]: Value };
export type Settings = Record<string, Value>;
export interface SettingField {
  group: string;
  name: string;
  key: string; // "mail.host"
  value: Value;
}

const told = ['certificate']; // nobody sets it

export function fieldsOf(settings: Settings): SettingField[] {
  return Object.entries(settings)
    .filter(([name]) => !told.includes(name))
    .flatMap(([name, value]) =>
      value !== null && typeof value === 'object' && !Array.isArray(value)
        ? Object.entries(value).map(([inner, v]) => ({ group: name, name: inner, key: `${name}.${inner}`, value: v }))
        : [{ group: '', name, key: name, value }],
    );
}

/** What was typed as the kind of value it replaces; lists are separated by semicolons. */
export function typedAs(was: Value, text: string): Value {
  if (Array.isArray(was)) return text.split(/[;,]/).map((x) => x.trim()).filter(Boolean).map(numberOr);
  if (typeof was === 'number') return numberOr(text.trim());
  return text;
}

function numberOr(text: string): Value {
  return text && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** The settings with these fields in place of theirs. */
export function withFields(settings: Settings, values: Record<string, Value>): Settings {
  const out: Settings = {};
  for (const f of fieldsOf(settings)) {
    const value = f.key in values ? values[f.key]! : f.value;
    if (!f.group) out[f.name] = value;
    else out[f.group] = { ...(out[f.group] as Record<string, Value> | undefined), [f.name]: value };
  }
  return out;
}
