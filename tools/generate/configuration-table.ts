/** A property of a JSON Schema, as far as the table speaks of it. */
interface Property {
  readonly type?: unknown;
  readonly description?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Property>>;
}

/** The keys of the configuration as a Markdown table, from their JSON Schema; keys of a mapping as `comments.max`. */
export function renderConfigurationTable(schema: Readonly<Record<string, unknown>>): string {
  const rows = rowsOf(schema as Property, '').map(
    ({ key, values, meaning }) => `| \`${key}\` | ${values} | ${meaning} |`,
  );
  return ['| key | values | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

interface Row {
  readonly key: string;
  readonly values: string;
  readonly meaning: string;
}

function rowsOf(schema: Property, prefix: string): Row[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const key = `${prefix}${name}`;
    // The names of the rules have a table of their own.
    if (property.properties && key !== 'rules') return rowsOf(property, `${key}.`);
    return [
      { key, values: valuesOf(property), meaning: String(property.description ?? '').replaceAll('|', '\\|') },
    ];
  });
}

const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  integer: 'whole number',
  boolean: '`true`, `false`',
  array: 'list',
  object: 'mapping',
};

function valuesOf(property: Property): string {
  if (property.enum) return property.enum.map(value => `\`${String(value)}\``).join(', ');
  return typeNames[String(property.type)] ?? String(property.type);
}
